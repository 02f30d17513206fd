"""Buckets by what can be told of them without asking AWS: how they are addressed, and one that exists already."""

from dataclasses import dataclass
from typing import Any

from components.parts.policies import allow


def bucket_host(bucket: str, region: str) -> str:
    """Return the host of a bucket's objects in its own region, which presigned addresses name."""
    suffix = "amazonaws.com.cn" if region.startswith("cn-") else "amazonaws.com"
    return f"{bucket}.s3.{region}.{suffix}"


@dataclass(frozen=True, slots=True, kw_only=True)
class ExistingBucket:
    """A bucket that is not the stack's: it is never asked for, as that takes a dozen rights in the bucket's account."""

    id: str
    """Its name."""
    partition: str = "aws"
    """The partition of AWS that it is in."""
    key_arn: str = ""
    """The KMS key that its objects are encrypted with, if it is a customer's own."""

    @property
    def arn(self) -> str:
        """Return its ARN: bucket names hold neither account nor region."""
        return f"arn:{self.partition}:s3:::{self.id}"

    def reading(self) -> list[dict[str, Any]]:
        """Return the statements of a role that reads it; a bucket of another account must allow the same itself."""
        return [
            allow(["s3:ListBucket"], [self.arn]),
            allow(["s3:GetObject"], [f"{self.arn}/*"]),
            *([allow(["kms:Decrypt"], [self.key_arn])] if self.key_arn else []),
        ]
