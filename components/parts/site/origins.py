"""The origins of the page's CloudFront distribution: its bucket, the processing API, the PACS API in the VPC."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import pulumi
import pulumi_aws as aws

from components.parts.pacs_exposure import HTTP, HTTPS
from components.parts.site.behaviours import API, BUCKET, PACS
from runtime.contracts.origin import READ_SECONDS

TLS = "TLSv1.2"
# AWS says up to fifteen minutes, and the provider by default waits no longer.
DEPLOYMENT = "30m"


class InnerBalancer(Protocol):
    """A load balancer without a public address, and what must be there before CloudFront may reach it."""

    @property
    def name(self) -> pulumi.Output[str]: ...
    @property
    def arn(self) -> pulumi.Output[str]: ...
    @property
    def dns_name(self) -> pulumi.Output[str]: ...
    @property
    def listeners(self) -> Sequence[pulumi.Resource]: ...
    @property
    def gateways(self) -> Sequence[pulumi.Input[pulumi.Resource]]: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Origins:
    """The three origins of CloudFront's answers."""

    bucket: aws.s3.Bucket
    """The page's files."""
    api: aws.apigatewayv2.Api
    """The processing API, reached by AWS's own name for it."""
    pacs: InnerBalancer
    """The load balancer of the PACS API."""


def origins(name: str, args: Origins, parent: pulumi.Resource) -> list[aws.cloudfront.DistributionOriginArgs]:
    """Make the resources that the origins need; return the origins."""
    access = aws.cloudfront.OriginAccessControl(
        name,
        origin_access_control_origin_type="s3",
        signing_behavior="always",
        signing_protocol="sigv4",
        opts=pulumi.ResourceOptions(parent=parent),
    )
    https = aws.cloudfront.DistributionOriginCustomOriginConfigArgs(
        http_port=HTTP,
        https_port=HTTPS,
        origin_protocol_policy="https-only",
        origin_ssl_protocols=[TLS],
        origin_read_timeout=READ_SECONDS,
    )
    inside = aws.cloudfront.DistributionOriginVpcOriginConfigArgs(
        vpc_origin_id=_vpc_origin(name, args.pacs, parent).id, origin_read_timeout=READ_SECONDS
    )
    return [
        aws.cloudfront.DistributionOriginArgs(
            origin_id=BUCKET,
            domain_name=args.bucket.bucket_regional_domain_name,
            origin_access_control_id=access.id,
        ),
        aws.cloudfront.DistributionOriginArgs(
            origin_id=API,
            domain_name=args.api.api_endpoint.apply(lambda address: address.removeprefix("https://")),
            custom_origin_config=https,
        ),
        aws.cloudfront.DistributionOriginArgs(origin_id=PACS, domain_name=args.pacs.dns_name, vpc_origin_config=inside),
    ]


def _vpc_origin(name: str, pacs: InnerBalancer, parent: pulumi.Resource) -> aws.cloudfront.VpcOrigin:
    """Let CloudFront into the VPC.

    A VPC origin in use cannot be changed: every change makes a new one, with another name.
    """
    endpoint = aws.cloudfront.VpcOriginVpcOriginEndpointConfigArgs(
        name=pacs.name.apply(lambda balancer: f"{balancer}-http-{HTTP}-{HTTPS}"),
        arn=pacs.arn,
        http_port=HTTP,
        https_port=HTTPS,
        # inside AWS's network; AWS gives no certificate for a load balancer's name
        origin_protocol_policy="http-only",
        origin_ssl_protocols=aws.cloudfront.VpcOriginVpcOriginEndpointConfigOriginSslProtocolsArgs(
            items=[TLS], quantity=1
        ),
    )
    return aws.cloudfront.VpcOrigin(
        f"{name}-pacs-api-http-{HTTP}-{HTTPS}",
        vpc_origin_endpoint_config=endpoint,
        timeouts=aws.cloudfront.VpcOriginTimeoutsArgs(create=DEPLOYMENT, update=DEPLOYMENT, delete=DEPLOYMENT),
        opts=pulumi.ResourceOptions(
            parent=parent,
            replace_on_changes=["vpcOriginEndpointConfig"],
            # AWS refuses a VPC without an internet gateway, and a call needs a listener
            depends_on=[*pacs.listeners, *pacs.gateways],
        ),
    )
