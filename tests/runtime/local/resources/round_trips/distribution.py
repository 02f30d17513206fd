"""What stands in front of the page."""

from typing import Any

from tests.runtime.local.resources.round_trips.world import Case, balancer

BEHAVIOUR = {
    "targetOriginId": "o",
    "viewerProtocolPolicy": "https-only",
    "allowedMethods": ["GET", "HEAD"],
    "cachedMethods": ["GET", "HEAD"],
    "cachePolicyId": "4135ea2d-6df8-44a3-9df3-4b5a84be39ad",
}

DISTRIBUTION: dict[str, Any] = {
    "enabled": True,
    "isIpv6Enabled": True,
    "origins": [
        {"originId": "o", "domainName": "b.s3.eu-south-1.amazonaws.com"},
        {
            "originId": "a",
            "domainName": "a.example.org",
            "customOriginConfig": {
                "httpPort": 80,
                "httpsPort": 443,
                "originProtocolPolicy": "https-only",
                "originSslProtocols": ["TLSv1.2"],
                "originReadTimeout": 60,
            },
        },
    ],
    "defaultCacheBehavior": BEHAVIOUR,
    "orderedCacheBehaviors": [
        {
            **BEHAVIOUR,
            "pathPattern": "/a/*",
            "targetOriginId": "a",
            "originRequestPolicyId": "b689b0a8-53d0-40ab-baf2-68738e2966ac",
        }
    ],
    "customErrorResponses": [{"errorCode": 503, "errorCachingMinTtl": 0}],
    "restrictions": {"geoRestriction": {"restrictionType": "none"}},
    "viewerCertificate": {"cloudfrontDefaultCertificate": True},
    "tags": {"a": "1"},
}

CASES: dict[str, Case] = {
    "aws:cloudfront/originAccessControl:OriginAccessControl": (
        lambda w: {
            "originAccessControlOriginType": "s3",
            "signingBehavior": "always",
            "signingProtocol": "sigv4",
        },
        {"signingBehavior": "never"},
    ),
    "aws:cloudfront/function:Function": (
        lambda w: {"runtime": "cloudfront-js-2.0", "code": "function handler(event) { return event.request; }"},
        {"code": "function handler(event) { return event.response; }"},
    ),
    "aws:cloudfront/vpcOrigin:VpcOrigin": (
        lambda w: {
            "vpcOriginEndpointConfig": {
                "name": "inside",
                "arn": balancer(w),
                "httpPort": 80,
                "httpsPort": 443,
                "originProtocolPolicy": "http-only",
                "originSslProtocols": {"items": ["TLSv1.2"], "quantity": 1},
            },
            "tags": {"a": "1"},
        },
        {"tags": {"a": "2"}},
    ),
    "aws:cloudfront/responseHeadersPolicy:ResponseHeadersPolicy": (
        lambda w: {
            "securityHeadersConfig": {"contentTypeOptions": {"override": True}},
            "customHeadersConfig": {"items": [{"header": "X-A", "value": "1", "override": True}]},
        },
        {"securityHeadersConfig": {"contentTypeOptions": {"override": False}}},
    ),
    "aws:cloudfront/distribution:Distribution": (
        lambda w: DISTRIBUTION,
        {"comment": "another"},
    ),
}
