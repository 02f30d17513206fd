"""Where the web page is served from: a closed bucket behind CloudFront."""

from collections.abc import Sequence

import pulumi
import pulumi_aws as aws

from components.buckets import bucket_host
from components.closed_bucket import close_bucket
from components.policies import allow

# CloudFront's own policies, the same in every account: CachingOptimized.
CACHING = "658327ea-f89d-4fab-a63d-7e88639e58f6"
YEAR = 31536000
# An address without a file's ending is the page's own, which reads it itself; so are the identifiers of studies.
REWRITE = """function handler(event) {
  var request = event.request;
  if (!request.uri.split('/').pop().includes('.') || request.uri.startsWith('/studies/')) request.uri = '/index.html';
  return request;
}
"""


class WebSite(pulumi.ComponentResource):
    """A distribution that alone reads the bucket, over HTTPS, with headers that keep a page from being misused.

    `hosts` are those that the page may speak to beside the region's APIs and buckets.
    """

    bucket: aws.s3.Bucket
    url: pulumi.Output[str]

    def __init__(self, name: str, hosts: Sequence[str] = (), opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("imaging:index:WebSite", name, {}, opts)
        self._hosts = hosts
        child = pulumi.ResourceOptions(parent=self)
        self.bucket = aws.s3.Bucket(name, force_destroy=True, opts=child)  # all in it is built from sources
        access = aws.cloudfront.OriginAccessControl(
            name,
            origin_access_control_origin_type="s3",
            signing_behavior="always",
            signing_protocol="sigv4",
            opts=child,
        )
        distribution = self._distribution(name, access)
        read = allow(
            ["s3:GetObject"],
            [pulumi.Output.concat(self.bucket.arn, "/*")],
            principal={"Service": "cloudfront.amazonaws.com"},
            conditions={"StringEquals": {"aws:SourceArn": distribution.arn}},
        )
        close_bucket(name, self.bucket, self, [read])
        self.url = pulumi.Output.concat("https://", distribution.domain_name)
        self.register_outputs({"url": self.url})

    def _distribution(self, name: str, access: aws.cloudfront.OriginAccessControl) -> aws.cloudfront.Distribution:
        rewrite = aws.cloudfront.Function(
            name, runtime="cloudfront-js-2.0", code=REWRITE, opts=pulumi.ResourceOptions(parent=self)
        )
        rewritten = aws.cloudfront.DistributionDefaultCacheBehaviorFunctionAssociationArgs(
            event_type="viewer-request", function_arn=rewrite.arn
        )
        behavior = aws.cloudfront.DistributionDefaultCacheBehaviorArgs(
            target_origin_id="bucket",
            viewer_protocol_policy="redirect-to-https",
            allowed_methods=["GET", "HEAD", "OPTIONS"],
            cached_methods=["GET", "HEAD"],
            compress=True,
            cache_policy_id=CACHING,
            function_associations=[rewritten],
            response_headers_policy_id=self._headers(name).id,
        )
        origin = aws.cloudfront.DistributionOriginArgs(
            origin_id="bucket",
            domain_name=self.bucket.bucket_regional_domain_name,
            origin_access_control_id=access.id,
        )
        everywhere = aws.cloudfront.DistributionRestrictionsGeoRestrictionArgs(restriction_type="none")
        return aws.cloudfront.Distribution(
            name,
            enabled=True,
            is_ipv6_enabled=True,
            comment=f"{pulumi.get_project()} {pulumi.get_stack()}",
            default_root_object="index.html",
            price_class="PriceClass_100",
            origins=[origin],
            default_cache_behavior=behavior,
            restrictions=aws.cloudfront.DistributionRestrictionsArgs(geo_restriction=everywhere),
            viewer_certificate=aws.cloudfront.DistributionViewerCertificateArgs(cloudfront_default_certificate=True),
            opts=pulumi.ResourceOptions(parent=self),
        )

    def _headers(self, name: str) -> aws.cloudfront.ResponseHeadersPolicy:
        region = aws.get_region_output().region
        policy = region.apply(lambda place: content_security_policy([*regional_hosts(place), *self._hosts]))
        headers = aws.cloudfront.ResponseHeadersPolicySecurityHeadersConfigArgs(
            content_security_policy=aws.cloudfront.ResponseHeadersPolicySecurityHeadersConfigContentSecurityPolicyArgs(
                content_security_policy=policy, override=True
            ),
            content_type_options=aws.cloudfront.ResponseHeadersPolicySecurityHeadersConfigContentTypeOptionsArgs(
                override=True
            ),
            frame_options=aws.cloudfront.ResponseHeadersPolicySecurityHeadersConfigFrameOptionsArgs(
                frame_option="DENY", override=True
            ),
            referrer_policy=aws.cloudfront.ResponseHeadersPolicySecurityHeadersConfigReferrerPolicyArgs(
                referrer_policy="no-referrer", override=True
            ),
            strict_transport_security=aws.cloudfront.ResponseHeadersPolicySecurityHeadersConfigStrictTransportSecurityArgs(
                access_control_max_age_sec=YEAR, include_subdomains=True, override=True
            ),
        )
        return aws.cloudfront.ResponseHeadersPolicy(
            name,
            # policies are the account's, so the stack's name is in it
            name=f"{pulumi.get_project()}-{pulumi.get_stack()}-{name}",
            security_headers_config=headers,
            opts=pulumi.ResourceOptions(parent=self),
        )


def regional_hosts(region: str) -> list[str]:
    """Return where the APIs and the outputs are: the site is made before them, so every one of the region's."""
    return [f"*.execute-api.{region}.amazonaws.com", f"*.{region}.elb.amazonaws.com", bucket_host("*", region)]


def content_security_policy(hosts: Sequence[str]) -> str:
    """Return the policy: only the page's own files run, and it speaks to `hosts` alone."""
    origins = " ".join(f"https://{host}" for host in hosts)
    return "; ".join(
        (
            "default-src 'none'",
            "script-src 'self'",
            "style-src 'self'",
            f"img-src 'self' data: {origins}",
            f"connect-src 'self' {origins}",
            "font-src 'self'",
            "base-uri 'none'",
            "form-action 'self'",
            "frame-ancestors 'none'",
        )
    )
