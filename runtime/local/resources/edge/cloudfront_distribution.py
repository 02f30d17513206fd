"""CloudFront distributions: the whole configuration is sent, and an unknown part of it is refused."""

from typing import Any

from runtime.local.resources.base import Properties, nested, pascal, pick, unless_absent
from runtime.local.resources.edge.cloudfront import Tagged, allow_only, counted

OWN = (
    "comment",
    "customErrorResponses",
    "defaultCacheBehavior",
    "defaultRootObject",
    "enabled",
    "httpVersion",
    "isIpv6Enabled",
    "orderedCacheBehaviors",
    "origins",
    "priceClass",
    "restrictions",
    "tags",
    "viewerCertificate",
)
BEHAVIOUR = {
    "TargetOriginId": "targetOriginId",
    "ViewerProtocolPolicy": "viewerProtocolPolicy",
    "PathPattern": "pathPattern",
    "CachePolicyId": "cachePolicyId",
    "OriginRequestPolicyId": "originRequestPolicyId",
    "ResponseHeadersPolicyId": "responseHeadersPolicyId",
}
TIMES = {"OriginReadTimeout": "originReadTimeout", "OriginKeepaliveTimeout": "originKeepaliveTimeout"}
CUSTOM = {
    "HTTPPort": "httpPort",
    "HTTPSPort": "httpsPort",
    "OriginProtocolPolicy": "originProtocolPolicy",
    **TIMES,
}


class Distribution(Tagged):
    """aws:cloudfront/distribution:Distribution. Its CallerReference is its first origin, which it alone may have."""

    noun, answer = "distribution", "Distribution"

    def config(self, inputs: Properties) -> dict[str, Any]:
        """Return the configuration in CloudFront's own form, in which every list includes its length."""
        arguments = {key: value for key, value in inputs.items() if key not in ("arn", "domainName", "etag", "status")}
        allow_only(arguments, *OWN)
        errors = [_error(one) for one in inputs.get("customErrorResponses") or ()]
        geography = inputs["restrictions"]["geoRestriction"]
        places = {"RestrictionType": geography["restrictionType"], **counted(list(geography.get("locations") or ()))}
        certificate = inputs["viewerCertificate"]
        allow_only(certificate, "cloudfrontDefaultCertificate")
        return {
            "DistributionConfig": {
                "CallerReference": inputs["origins"][0]["domainName"],
                "Comment": inputs.get("comment") or "",
                "Enabled": bool(inputs["enabled"]),
                "IsIPV6Enabled": bool(inputs.get("isIpv6Enabled")),
                "DefaultRootObject": inputs.get("defaultRootObject") or "",
                "Origins": counted([_origin(one) for one in inputs["origins"]]),
                "DefaultCacheBehavior": _behaviour(inputs["defaultCacheBehavior"]),
                "CacheBehaviors": counted([_behaviour(one) for one in inputs.get("orderedCacheBehaviors") or ()]),
                "CustomErrorResponses": counted(errors),
                "Restrictions": {"GeoRestriction": places},
                "ViewerCertificate": {"CloudFrontDefaultCertificate": certificate["cloudfrontDefaultCertificate"]},
                **pick(inputs, HttpVersion="httpVersion", PriceClass="priceClass"),
            }
        }

    def facts(self, answer: Any) -> Properties:
        """Return its ARN, its address and its status."""
        return {"arn": answer["ARN"], "domainName": answer["DomainName"], "status": answer["Status"]}

    def delete(self, identity: str, state: Properties) -> None:
        """Disable it, then remove it: CloudFront removes no enabled one."""
        if self.read(identity, state) is None:
            return
        off = self.update(identity, state, {**state, "enabled": False})
        unless_absent(self.api.delete_distribution, Id=identity, IfMatch=off["etag"])


def _origin(origin: Properties) -> dict[str, Any]:
    allow_only(origin, "originId", "domainName", "originAccessControlId", "customOriginConfig", "vpcOriginConfig")
    return {
        "Id": origin["originId"],
        "DomainName": origin["domainName"],
        "OriginAccessControlId": origin.get("originAccessControlId") or "",
        **_kind(nested(origin, "customOriginConfig"), nested(origin, "vpcOriginConfig")),
    }


def _kind(custom: Properties, inside: Properties) -> dict[str, Any]:
    """Return the one configuration that an origin has."""
    if custom:
        allow_only(custom, *CUSTOM.values(), "originSslProtocols")
        secure = counted(list(custom["originSslProtocols"]))
        return {"CustomOriginConfig": {**pick(custom, **CUSTOM), "OriginSslProtocols": secure}}
    if inside:
        allow_only(inside, *TIMES.values(), "vpcOriginId")
        return {"VpcOriginConfig": pick(inside, VpcOriginId="vpcOriginId", **TIMES)}
    return {"S3OriginConfig": {"OriginAccessIdentity": ""}}


def _behaviour(behaviour: Properties) -> dict[str, Any]:
    allow_only(behaviour, *BEHAVIOUR.values(), "allowedMethods", "cachedMethods", "compress", "functionAssociations")
    methods = counted(behaviour["allowedMethods"]) | {"CachedMethods": counted(behaviour["cachedMethods"])}
    called = [
        {"EventType": one["eventType"], "FunctionARN": one["functionArn"]}
        for one in behaviour.get("functionAssociations") or ()
    ]
    return {
        "AllowedMethods": methods,
        "Compress": bool(behaviour.get("compress")),
        "FunctionAssociations": counted(called),
        **pick(behaviour, **BEHAVIOUR),
    }


def _error(response: Properties) -> dict[str, Any]:
    allow_only(response, "errorCode", "errorCachingMinTtl", "responseCode", "responsePagePath")
    return pascal({key: value for key, value in response.items() if key != "errorCachingMinTtl"}) | pick(
        response, ErrorCachingMinTTL="errorCachingMinTtl"
    )
