"""The web pages that may fetch outputs."""

from collections.abc import Sequence
from dataclasses import dataclass

import pulumi
import pulumi_aws as aws


@dataclass(frozen=True, slots=True, kw_only=True)
class OutputCorsArgs:
    """Arguments of an OutputCors."""

    bucket: aws.s3.Bucket
    """The bucket of the outputs."""
    origins: Sequence[pulumi.Input[str]]
    """Origins of the pages."""


class OutputCors(pulumi.ComponentResource):
    """The bucket's CORS rule. It is made after the site: it names the site's address, and the site names the bucket."""

    def __init__(self, name: str, args: OutputCorsArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("imaging:index:OutputCors", name, {}, opts)
        rule = aws.s3.BucketCorsConfigurationCorsRuleArgs(
            allowed_methods=["GET", "HEAD"],
            allowed_origins=list(args.origins),
            allowed_headers=["*"],
            max_age_seconds=3600,
        )
        aws.s3.BucketCorsConfiguration(
            name, bucket=args.bucket.id, cors_rules=[rule], opts=pulumi.ResourceOptions(parent=self)
        )
        self.register_outputs({})
