"""The bucket of what the algorithms make."""

from collections.abc import Sequence
from dataclasses import dataclass

import pulumi
import pulumi_aws as aws

from components.policies import document, tls_only


@dataclass(frozen=True, slots=True, kw_only=True)
class OutputBucketArgs:
    """Arguments of an OutputBucket."""

    expiry_days: int
    """Days after which an object is deleted."""
    cors_origins: Sequence[str] = ()
    """Origins of pages that may fetch outputs by presigned URL."""
    protect: bool = True
    """Whether the engine refuses to delete it; without, it is deleted with its objects."""


class OutputBucket(pulumi.ComponentResource):
    """Encrypted, closed to the public, reached over TLS alone; its objects expire."""

    bucket: aws.s3.Bucket

    def __init__(self, name: str, args: OutputBucketArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("imaging:index:OutputBucket", name, {}, opts)
        child = pulumi.ResourceOptions(parent=self)
        self.bucket = aws.s3.Bucket(
            name,
            force_destroy=not args.protect,
            opts=pulumi.ResourceOptions(parent=self, protect=args.protect),
        )
        aws.s3.BucketPublicAccessBlock(
            f"{name}-private",
            bucket=self.bucket.id,
            block_public_acls=True,
            block_public_policy=True,
            ignore_public_acls=True,
            restrict_public_buckets=True,
            opts=child,
        )
        encryption = aws.s3.BucketServerSideEncryptionConfigurationRuleApplyServerSideEncryptionByDefaultArgs(
            sse_algorithm="AES256"
        )
        aws.s3.BucketServerSideEncryptionConfiguration(
            f"{name}-encryption",
            bucket=self.bucket.id,
            rules=[
                aws.s3.BucketServerSideEncryptionConfigurationRuleArgs(
                    apply_server_side_encryption_by_default=encryption
                )
            ],
            opts=child,
        )
        aws.s3.BucketLifecycleConfiguration(
            f"{name}-expiry", bucket=self.bucket.id, rules=[_expiry(args.expiry_days)], opts=child
        )
        aws.s3.BucketPolicy(
            f"{name}-tls", bucket=self.bucket.id, policy=document(tls_only(self.bucket.arn)), opts=child
        )
        if args.cors_origins:
            aws.s3.BucketCorsConfiguration(
                f"{name}-cors", bucket=self.bucket.id, cors_rules=[_cors(args.cors_origins)], opts=child
            )
        self.register_outputs({"bucketName": self.bucket.id})


def _expiry(days: int) -> aws.s3.BucketLifecycleConfigurationRuleArgs:
    return aws.s3.BucketLifecycleConfigurationRuleArgs(
        id="expire",
        status="Enabled",
        filter=aws.s3.BucketLifecycleConfigurationRuleFilterArgs(prefix=""),
        expiration=aws.s3.BucketLifecycleConfigurationRuleExpirationArgs(days=days),
        abort_incomplete_multipart_upload=aws.s3.BucketLifecycleConfigurationRuleAbortIncompleteMultipartUploadArgs(
            days_after_initiation=1
        ),
    )


def _cors(origins: Sequence[str]) -> aws.s3.BucketCorsConfigurationCorsRuleArgs:
    return aws.s3.BucketCorsConfigurationCorsRuleArgs(
        allowed_methods=["GET", "HEAD"], allowed_origins=list(origins), allowed_headers=["*"], max_age_seconds=3600
    )
