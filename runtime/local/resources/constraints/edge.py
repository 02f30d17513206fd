"""The HTTP API and CloudFront."""

from typing import Any

from runtime.local.resources.constraints.rules import Rule, between, both, holds, length, matches, one_of

ORIGIN = matches(r"\*|https?://[^/]+", "* or a scheme and a host, such as https://example.org")


def _origins_exist(distribution: dict[str, Any]) -> bool:
    behaviours = [distribution["defaultCacheBehavior"], *(distribution.get("orderedCacheBehaviors") or ())]
    ids = {origin["originId"] for origin in distribution["origins"]}
    return {behaviour["targetOriginId"] for behaviour in behaviours} <= ids


def _cached_are_allowed(behaviour: dict[str, Any]) -> bool:
    return set(behaviour.get("cachedMethods") or ()) <= set(behaviour.get("allowedMethods") or ())


CACHED = holds(_cached_are_allowed, "cachedMethods must be among allowedMethods")
TABLE: dict[str, dict[str, Rule]] = {
    "aws:apigatewayv2/api:Api": {
        "name": length(128, 1),
        "protocolType": one_of("HTTP", "WEBSOCKET"),
        "corsConfiguration.allowOrigins[]": ORIGIN,
        "corsConfiguration.maxAge": between(-1, 86_400),
    },
    "aws:apigatewayv2/integration:Integration": {"timeoutMilliseconds": between(50, 30_000)},
    "aws:apigatewayv2/stage:Stage": {
        "name": matches(r"\$default|[A-Za-z0-9_-]{1,128}", "$default, or letters, digits, hyphens and underscores"),
        "accessLogSettings.format": holds(
            lambda text: "$context.requestId" in text or "$context.extendedRequestId" in text,
            "must contain $context.requestId",
        ),
    },
    "aws:apigatewayv2/authorizer:Authorizer": {
        "name": length(128, 1),
        "jwtConfiguration.issuer": matches(r"https://.+", "an https address"),
        "jwtConfiguration.audiences": length(50, 1),
    },
    "aws:apigatewayv2/domainName:DomainName": {
        "domainName": length(512, 1),
        "domainNameConfiguration.endpointType": one_of("REGIONAL"),
        "domainNameConfiguration.securityPolicy": one_of("TLS_1_2"),
    },
    "aws:cloudfront/function:Function": {
        "name": matches(r"[A-Za-z0-9_-]{1,64}", "1 to 64 letters, digits, hyphens and underscores"),
        "code": holds(lambda text: len(text.encode()) <= 10_240, "must have at most 10,240 bytes"),
        "comment": length(128),
        "runtime": one_of("cloudfront-js-1.0", "cloudfront-js-2.0"),
    },
    "aws:cloudfront/originAccessControl:OriginAccessControl": {
        "name": length(64, 1),
        "originAccessControlOriginType": one_of("s3", "lambda", "mediastore", "mediapackagev2"),
        "signingBehavior": one_of("always", "never", "no-override"),
        "signingProtocol": one_of("sigv4"),
    },
    "aws:cloudfront/responseHeadersPolicy:ResponseHeadersPolicy": {"name": length(128, 1)},
    "aws:cloudfront/distribution:Distribution": {
        "comment": length(128),
        "defaultCacheBehavior": CACHED,
        "orderedCacheBehaviors[]": CACHED,
        "customErrorResponses[].errorCachingMinTtl": between(0, 2**31 - 1),
        "": both(
            holds(_origins_exist, "each targetOriginId must be the originId of one of origins"),
            holds(lambda inputs: bool(inputs["origins"]), "a distribution needs origins"),
        ),
    },
}
