"""The bucket in which a load balancer logs each call."""

from dataclasses import dataclass

import pulumi
import pulumi_aws as aws

from components.parts.closed_bucket import close_bucket, expire
from components.parts.policies import allow


@dataclass(frozen=True, slots=True, kw_only=True)
class BalancerLogArgs:
    """Arguments of a BalancerLog."""

    retention_days: int
    """Days that the log is kept."""


class BalancerLog(pulumi.ComponentResource):
    """A closed bucket that only Elastic Load Balancing writes to. It is deleted with the stack: it holds only logs."""

    bucket: aws.s3.Bucket
    ready: aws.s3.BucketPolicy

    def __init__(self, name: str, args: BalancerLogArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("imaging:index:BalancerLog", name, {}, opts)
        account = aws.get_caller_identity(opts=pulumi.InvokeOptions(parent=self)).account_id
        self.bucket = aws.s3.Bucket(name, force_destroy=True, opts=pulumi.ResourceOptions(parent=self))
        deliver = allow(
            ["s3:PutObject"],
            [pulumi.Output.concat(self.bucket.arn, f"/AWSLogs/{account}/*")],
            principal={"Service": "logdelivery.elasticloadbalancing.amazonaws.com"},
        )
        self.ready = close_bucket(name, self.bucket, self, [deliver])
        expire(name, self.bucket, args.retention_days, self)
        self.register_outputs({"bucketName": self.bucket.id})
