"""The bucket of what the algorithms make."""

from collections.abc import Sequence
from dataclasses import dataclass

import pulumi
import pulumi_aws as aws

from components.closed_bucket import close_bucket, expire


@dataclass(frozen=True, slots=True, kw_only=True)
class OutputBucketArgs:
    """Arguments of an OutputBucket."""

    expiry_days: int
    """Days after which an object is deleted."""
    cors_origins: Sequence[pulumi.Input[str]] = ()
    """Origins of pages that may fetch outputs by presigned URL."""
    protect: bool = True
    """Whether the engine refuses to delete it; without, it is deleted with its objects."""


class OutputBucket(pulumi.ComponentResource):
    """Encrypted, closed to the public, reached over TLS alone; its objects expire."""

    bucket: aws.s3.Bucket

    def __init__(self, name: str, args: OutputBucketArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("imaging:index:OutputBucket", name, {}, opts)
        self.bucket = aws.s3.Bucket(
            name,
            force_destroy=not args.protect,
            opts=pulumi.ResourceOptions(parent=self, protect=args.protect),
        )
        close_bucket(name, self.bucket, self)
        expire(name, self.bucket, args.expiry_days, self)
        if args.cors_origins:
            rule = aws.s3.BucketCorsConfigurationCorsRuleArgs(
                allowed_methods=["GET", "HEAD"],
                allowed_origins=list(args.cors_origins),
                allowed_headers=["*"],
                max_age_seconds=3600,
            )
            aws.s3.BucketCorsConfiguration(
                f"{name}-cors",
                bucket=self.bucket.id,
                cors_rules=[rule],
                opts=pulumi.ResourceOptions(parent=self),
            )
        self.register_outputs({"bucketName": self.bucket.id})
