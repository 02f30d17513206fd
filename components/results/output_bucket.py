"""The bucket of the algorithms' outputs."""

from dataclasses import dataclass

import pulumi
import pulumi_aws as aws

from components.parts.buckets import bucket_host
from components.parts.closed_bucket import close_bucket, expire


@dataclass(frozen=True, slots=True, kw_only=True)
class OutputBucketArgs:
    """Arguments of an OutputBucket."""

    expiry_days: int
    """Days after which an object is deleted."""
    protect: bool = True
    """Whether the engine refuses to delete it; otherwise it is deleted with its objects."""


class OutputBucket(pulumi.ComponentResource):
    """A bucket that is encrypted, closed to the public and reached over TLS only, and whose objects expire.

    Attributes
    ----------
    bucket : the bucket.
    origin : origin of the presigned addresses of its objects.
    """

    bucket: aws.s3.Bucket
    origin: pulumi.Output[str]

    def __init__(self, name: str, args: OutputBucketArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("imaging:index:OutputBucket", name, {}, opts)
        self.bucket = aws.s3.Bucket(
            name,
            force_destroy=not args.protect,
            opts=pulumi.ResourceOptions(parent=self, protect=args.protect),
        )
        close_bucket(name, self.bucket, self)
        expire(name, self.bucket, args.expiry_days, self)
        region = aws.get_region_output(opts=pulumi.InvokeOutputOptions(parent=self)).region
        host = pulumi.Output.all(self.bucket.id, region).apply(lambda values: bucket_host(*values))
        self.origin = pulumi.Output.concat("https://", host)
        self.register_outputs({"bucketName": self.bucket.id})
