"""The protection of every bucket of the stack: encryption, no public access, TLS only."""

from collections.abc import Mapping, Sequence
from typing import Any

import pulumi
import pulumi_aws as aws

from components.parts.policies import document, tls_only


def close_bucket(
    name: str, bucket: aws.s3.Bucket, parent: pulumi.Resource, statements: Sequence[Mapping[str, Any]] = ()
) -> aws.s3.BucketPolicy:
    """Protect `bucket`; `statements` are added to its policy."""
    child = pulumi.ResourceOptions(parent=parent)
    aws.s3.BucketPublicAccessBlock(
        f"{name}-private",
        bucket=bucket.id,
        block_public_acls=True,
        block_public_policy=True,
        ignore_public_acls=True,
        restrict_public_buckets=True,
        opts=child,
    )
    by_default = aws.s3.BucketServerSideEncryptionConfigurationRuleApplyServerSideEncryptionByDefaultArgs(
        sse_algorithm="AES256"
    )
    aws.s3.BucketServerSideEncryptionConfiguration(
        f"{name}-encryption",
        bucket=bucket.id,
        rules=[
            aws.s3.BucketServerSideEncryptionConfigurationRuleArgs(apply_server_side_encryption_by_default=by_default)
        ],
        opts=child,
    )
    policy = document(tls_only(bucket.arn), *statements)
    return aws.s3.BucketPolicy(f"{name}-tls", bucket=bucket.id, policy=policy, opts=child)


def expire(name: str, bucket: aws.s3.Bucket, days: int, parent: pulumi.Resource) -> None:
    """Let S3 delete every object of `bucket` after `days` days."""
    rule = aws.s3.BucketLifecycleConfigurationRuleArgs(
        id="expire",
        status="Enabled",
        filter=aws.s3.BucketLifecycleConfigurationRuleFilterArgs(prefix=""),
        expiration=aws.s3.BucketLifecycleConfigurationRuleExpirationArgs(days=days),
        abort_incomplete_multipart_upload=aws.s3.BucketLifecycleConfigurationRuleAbortIncompleteMultipartUploadArgs(
            days_after_initiation=1
        ),
    )
    aws.s3.BucketLifecycleConfiguration(
        f"{name}-expiry", bucket=bucket.id, rules=[rule], opts=pulumi.ResourceOptions(parent=parent)
    )
