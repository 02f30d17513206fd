"""Facts about buckets that need no call to AWS: a bucket's host, and a bucket that exists already."""

import re
from dataclasses import dataclass
from typing import Any

from components.parts.policies import allow


def bucket_host(bucket: str, region: str) -> str:
    """Return the host of a bucket's objects in its own region, which presigned addresses name."""
    suffix = "amazonaws.com.cn" if region.startswith("cn-") else "amazonaws.com"
    return f"{bucket}.s3.{region}.{suffix}"


@dataclass(frozen=True, slots=True, kw_only=True)
class ExistingBucket:
    """A bucket that is not the stack's. AWS is never asked about it: that takes a dozen rights in its account."""

    id: str
    """Its name."""
    partition: str = "aws"
    """Its AWS partition."""
    key_arn: str = ""
    """The KMS key that encrypts its objects, if it is a customer's own."""

    @property
    def arn(self) -> str:
        """Return its ARN, which has neither account nor region."""
        return f"arn:{self.partition}:s3:::{self.id}"

    def reading(self) -> list[dict[str, Any]]:
        """Return the statements of a role that reads it; a bucket of another account must allow the same itself."""
        return [
            allow(["s3:ListBucket"], [self.arn]),
            allow(["s3:GetObject"], [f"{self.arn}/*"]),
            *([allow(["kms:Decrypt"], [self.key_arn])] if self.key_arn else []),
        ]

    def storing(self, key_pattern: str) -> list[dict[str, Any]]:
        """Return the statements of a role that also stores images in it, under keys of the pattern alone."""
        keys = re.sub(r"\{[a-z_]+\}", "*", key_pattern)
        return [
            allow(["s3:PutObject"], [f"{self.arn}/{keys}"]),
            *([allow(["kms:GenerateDataKey"], [self.key_arn])] if self.key_arn else []),
        ]
