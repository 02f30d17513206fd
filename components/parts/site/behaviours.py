"""The behaviours of the page's CloudFront distribution: which origin answers a path, and which answers are cached."""

import pulumi_aws as aws

from runtime.contracts.origin import API_PREFIX, PACS_PREFIX

BUCKET, API, PACS = "bucket", "processing-api", "pacs-api"
# CloudFront's own policies, the same in every account.
CACHING_OPTIMIZED = "658327ea-f89d-4fab-a63d-7e88639e58f6"
CACHING_DISABLED = "4135ea2d-6df8-44a3-9df3-4b5a84be39ad"
# All headers of the viewer, Authorization among them, except Host, to which API Gateway answers 403.
ALL_VIEWER_EXCEPT_HOST_HEADER = "b689b0a8-53d0-40ab-baf2-68738e2966ac"
METHODS = ["DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT"]
KEPT = ["GET", "HEAD"]
# Otherwise CloudFront caches these for 10 s and gives them to every caller: the token is not in its cache key.
NEVER_KEPT = (404, 500, 501, 502, 503, 504)


def page_behaviour(
    rewrite: aws.cloudfront.Function, headers: aws.cloudfront.ResponseHeadersPolicy
) -> aws.cloudfront.DistributionDefaultCacheBehaviorArgs:
    """Describe how the page's files are served."""
    rewritten = aws.cloudfront.DistributionDefaultCacheBehaviorFunctionAssociationArgs(
        event_type="viewer-request", function_arn=rewrite.arn
    )
    return aws.cloudfront.DistributionDefaultCacheBehaviorArgs(
        target_origin_id=BUCKET,
        viewer_protocol_policy="redirect-to-https",
        allowed_methods=["GET", "HEAD", "OPTIONS"],
        cached_methods=KEPT,
        compress=True,
        cache_policy_id=CACHING_OPTIMIZED,
        function_associations=[rewritten],
        response_headers_policy_id=headers.id,
    )


def api_behaviours(
    strip: aws.cloudfront.Function, headers: aws.cloudfront.ResponseHeadersPolicy
) -> list[aws.cloudfront.DistributionOrderedCacheBehaviorArgs]:
    """Describe how both APIs are called: with all headers of the caller, and without a cache."""
    stripped = aws.cloudfront.DistributionOrderedCacheBehaviorFunctionAssociationArgs(
        event_type="viewer-request", function_arn=strip.arn
    )
    return [
        aws.cloudfront.DistributionOrderedCacheBehaviorArgs(
            path_pattern=f"{prefix}/*",
            target_origin_id=origin,
            viewer_protocol_policy="https-only",
            allowed_methods=METHODS,
            cached_methods=KEPT,
            cache_policy_id=CACHING_DISABLED,
            origin_request_policy_id=ALL_VIEWER_EXCEPT_HOST_HEADER,
            function_associations=[stripped],
            # an API's answer must not run in the page's origin either
            response_headers_policy_id=headers.id,
        )
        for prefix, origin in ((API_PREFIX, API), (PACS_PREFIX, PACS))
    ]


def error_responses() -> list[aws.cloudfront.DistributionCustomErrorResponseArgs]:
    """Describe how errors are passed on: as they are, and without a cache."""
    return [
        aws.cloudfront.DistributionCustomErrorResponseArgs(error_code=code, error_caching_min_ttl=0)
        for code in NEVER_KEPT
    ]
