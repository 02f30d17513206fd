"""The web page: its built files in a private bucket, served by CloudFront under a strict policy."""

import mimetypes
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pulumi
import pulumi_aws as aws

from components.policies import allow, document, tls_only

# Managed by AWS, the same in every account: CachingOptimized and CachingDisabled.
CACHED, UNCACHED = "658327ea-f89d-4fab-a63d-7439e40b7b9e", "4135ea2d-6df8-44a3-9df3-4b5a84be39ad"
# Every address without a file's ending is the page's own: the page reads it itself.
REWRITE = """function handler(event) {
  var request = event.request;
  if (!request.uri.split('/').pop().includes('.') || request.uri.startsWith('/studies/')) request.uri = '/index.html';
  return request;
}
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class WebPageArgs:
    """Arguments of a WebPage."""

    folder: Path
    """The built page."""
    processing_api: pulumi.Input[str]
    """Address of the processing API."""
    pacs_api: pulumi.Input[str]
    """Address of the PACS API."""
    storage: pulumi.Input[str]
    """Host of the bucket that the signed outputs are fetched from."""


class WebPage(pulumi.ComponentResource):
    """Reached over HTTPS alone; the bucket answers nobody but the distribution."""

    address: pulumi.Output[str]

    def __init__(self, name: str, args: WebPageArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        if not (args.folder / "index.html").is_file():
            raise pulumi.RunError(f"The web page is not built: there is no {args.folder}/index.html; run `make web`.")
        super().__init__("imaging:index:WebPage", name, {}, opts)
        child = pulumi.ResourceOptions(parent=self)
        bucket = aws.s3.Bucket(name, force_destroy=True, opts=child)
        aws.s3.BucketPublicAccessBlock(
            f"{name}-private",
            bucket=bucket.id,
            block_public_acls=True,
            block_public_policy=True,
            ignore_public_acls=True,
            restrict_public_buckets=True,
            opts=child,
        )
        self._files(name, args, bucket)
        distribution = self._distribution(name, args, bucket)
        aws.s3.BucketPolicy(
            f"{name}-readers", bucket=bucket.id, policy=_readers(bucket.arn, distribution.arn), opts=child
        )
        self.address = pulumi.Output.concat("https://", distribution.domain_name)
        self.register_outputs({"address": self.address})

    def _files(self, name: str, args: WebPageArgs, bucket: aws.s3.Bucket) -> None:
        child = pulumi.ResourceOptions(parent=self)
        for path in sorted(path for path in args.folder.rglob("*") if path.is_file() and ".vite" not in path.parts):
            key = path.relative_to(args.folder).as_posix()
            aws.s3.BucketObjectv2(
                f"{name}-{key.replace('/', '-')}",
                bucket=bucket.id,
                key=key,
                source=pulumi.FileAsset(str(path)),
                content_type=mimetypes.guess_type(key)[0] or "application/octet-stream",
                # Names under assets/ hold the hash of what is in them.
                cache_control="public, max-age=31536000, immutable" if key.startswith("assets/") else "no-cache",
                opts=child,
            )
        addresses = {"API_BASE": args.processing_api, "PACS_API_BASE": args.pacs_api}
        aws.s3.BucketObjectv2(
            f"{name}-config",
            bucket=bucket.id,
            key="config.json",
            content=pulumi.Output.json_dumps(addresses, sort_keys=True),
            content_type="application/json",
            cache_control="no-cache",
            opts=child,
        )

    def _distribution(self, name: str, args: WebPageArgs, bucket: aws.s3.Bucket) -> aws.cloudfront.Distribution:
        child = pulumi.ResourceOptions(parent=self)
        access = aws.cloudfront.OriginAccessControl(
            f"{name}-access",
            origin_access_control_origin_type="s3",
            signing_behavior="always",
            signing_protocol="sigv4",
            opts=child,
        )
        rewrite = aws.cloudfront.Function(f"{name}-rewrite", runtime="cloudfront-js-2.0", code=REWRITE, opts=child)
        headers = aws.cloudfront.ResponseHeadersPolicy(
            f"{name}-headers", security_headers_config=_security(args), opts=child
        )
        common: dict[str, Any] = {
            "target_origin_id": "page",
            "viewer_protocol_policy": "redirect-to-https",
            "allowed_methods": ["GET", "HEAD"],
            "cached_methods": ["GET", "HEAD"],
            "compress": True,
            "response_headers_policy_id": headers.id,
        }
        rewritten = aws.cloudfront.DistributionDefaultCacheBehaviorFunctionAssociationArgs(
            event_type="viewer-request", function_arn=rewrite.arn
        )
        return aws.cloudfront.Distribution(
            name,
            enabled=True,
            default_root_object="index.html",
            http_version="http2and3",
            price_class="PriceClass_100",
            origins=[
                aws.cloudfront.DistributionOriginArgs(
                    origin_id="page",
                    domain_name=bucket.bucket_regional_domain_name,
                    origin_access_control_id=access.id,
                )
            ],
            default_cache_behavior=aws.cloudfront.DistributionDefaultCacheBehaviorArgs(
                cache_policy_id=UNCACHED, function_associations=[rewritten], **common
            ),
            ordered_cache_behaviors=[
                aws.cloudfront.DistributionOrderedCacheBehaviorArgs(
                    path_pattern="/assets/*", cache_policy_id=CACHED, **common
                )
            ],
            restrictions=aws.cloudfront.DistributionRestrictionsArgs(
                geo_restriction=aws.cloudfront.DistributionRestrictionsGeoRestrictionArgs(restriction_type="none")
            ),
            viewer_certificate=aws.cloudfront.DistributionViewerCertificateArgs(cloudfront_default_certificate=True),
            opts=child,
        )


def _readers(bucket_arn: pulumi.Input[str], distribution_arn: pulumi.Input[str]) -> pulumi.Output[str]:
    return document(
        tls_only(bucket_arn),
        allow(
            ["s3:GetObject"],
            [pulumi.Output.concat(bucket_arn, "/*")],
            principal={"Service": "cloudfront.amazonaws.com"},
            conditions={"StringEquals": {"aws:SourceArn": distribution_arn}},
        ),
    )


def _security(args: WebPageArgs) -> aws.cloudfront.ResponseHeadersPolicySecurityHeadersConfigArgs:
    places = pulumi.Output.all(args.processing_api, args.pacs_api, args.storage)
    return aws.cloudfront.ResponseHeadersPolicySecurityHeadersConfigArgs(
        content_security_policy=aws.cloudfront.ResponseHeadersPolicySecurityHeadersConfigContentSecurityPolicyArgs(
            content_security_policy=places.apply(content_security_policy), override=True
        ),
        content_type_options=aws.cloudfront.ResponseHeadersPolicySecurityHeadersConfigContentTypeOptionsArgs(
            override=True
        ),
        referrer_policy=aws.cloudfront.ResponseHeadersPolicySecurityHeadersConfigReferrerPolicyArgs(
            referrer_policy="no-referrer", override=True
        ),
        strict_transport_security=aws.cloudfront.ResponseHeadersPolicySecurityHeadersConfigStrictTransportSecurityArgs(
            access_control_max_age_sec=31536000, include_subdomains=True, override=True
        ),
    )


def content_security_policy(addresses: Sequence[str]) -> str:
    """Return the policy: only the page's own files run, and it speaks to the origins of `addresses` alone."""
    origins = " ".join(sorted({"/".join(address.split("/")[:3]) for address in addresses}))
    rules = {
        "default-src": "'none'",
        "script-src": "'self'",
        "style-src": "'self'",
        "img-src": f"'self' data: {origins}",
        "connect-src": f"'self' {origins}",
        "font-src": "'self'",
        "base-uri": "'none'",
        "form-action": "'self'",
        "frame-ancestors": "'none'",
    }
    return "; ".join(f"{name} {value}" for name, value in rules.items())
