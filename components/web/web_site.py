"""The one origin of the page: its files, the processing API and the PACS API behind one CloudFront distribution."""

from collections.abc import Sequence
from dataclasses import dataclass

import pulumi
import pulumi_aws as aws

from components.pacs.pacs_balancer import PacsBalancer
from components.parts.closed_bucket import close_bucket
from components.parts.policies import allow
from components.parts.site import functions as site_functions
from components.parts.site.behaviours import api_behaviours, error_responses, page_behaviour
from components.parts.site.headers import headers_policy
from components.parts.site.origins import Origins, origins
from runtime.contracts.origin import PACS_PREFIX


@dataclass(frozen=True, slots=True, kw_only=True)
class WebSiteArgs:
    """Arguments of a WebSite."""

    api: aws.apigatewayv2.Api
    """The processing API."""
    pacs: PacsBalancer
    """The load balancer of the PACS API, which lets CloudFront in."""
    outputs: pulumi.Input[str]
    """Origin of the signed outputs, such as https://bucket.s3.eu-south-1.amazonaws.com."""
    sign_in: Sequence[str] = ()
    """Origins that the page speaks to when people sign in."""


class WebSite(pulumi.ComponentResource):
    """A CloudFront distribution that serves the page's bucket, which only it reads, and both APIs, over HTTPS.

    Attributes
    ----------
    bucket : the bucket of the page's files.
    url : address of the page.
    pacs_url : address of the PACS API beside it.
    """

    bucket: aws.s3.Bucket
    url: pulumi.Output[str]
    pacs_url: pulumi.Output[str]

    def __init__(self, name: str, args: WebSiteArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("imaging:index:WebSite", name, {}, opts)
        self.bucket = aws.s3.Bucket(
            name,
            force_destroy=True,  # all in it is built from sources
            opts=pulumi.ResourceOptions(parent=self),
        )
        distribution = self._distribution(name, args)
        read = allow(
            ["s3:GetObject"],
            [pulumi.Output.concat(self.bucket.arn, "/*")],
            principal={"Service": "cloudfront.amazonaws.com"},
            conditions={"StringEquals": {"aws:SourceArn": distribution.arn}},
        )
        close_bucket(name, self.bucket, self, [read])
        self.url = pulumi.Output.concat("https://", distribution.domain_name)
        self.pacs_url = pulumi.Output.concat(self.url, PACS_PREFIX)
        self.register_outputs({"url": self.url})

    def _distribution(self, name: str, args: WebSiteArgs) -> aws.cloudfront.Distribution:
        headers = headers_policy(name, args.outputs, args.sign_in, self)
        strip = self._function(f"{name}-prefix", site_functions.WITHOUT_PREFIX)
        everywhere = aws.cloudfront.DistributionRestrictionsGeoRestrictionArgs(restriction_type="none")
        return aws.cloudfront.Distribution(
            name,
            enabled=True,
            is_ipv6_enabled=True,
            comment=f"{pulumi.get_project()} {pulumi.get_stack()}",
            default_root_object="index.html",
            price_class="PriceClass_100",
            origins=origins(name, Origins(bucket=self.bucket, api=args.api, pacs=args.pacs), self),
            default_cache_behavior=page_behaviour(self._function(name, site_functions.PAGE), headers),
            ordered_cache_behaviors=api_behaviours(strip, headers),
            custom_error_responses=error_responses(),
            restrictions=aws.cloudfront.DistributionRestrictionsArgs(geo_restriction=everywhere),
            viewer_certificate=aws.cloudfront.DistributionViewerCertificateArgs(cloudfront_default_certificate=True),
            opts=pulumi.ResourceOptions(parent=self),
        )

    def _function(self, name: str, code: str) -> aws.cloudfront.Function:
        return aws.cloudfront.Function(
            name, runtime=site_functions.RUNTIME, code=code, opts=pulumi.ResourceOptions(parent=self)
        )
