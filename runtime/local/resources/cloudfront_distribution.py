"""CloudFront distributions: the whole configuration is sent, and a part of it that is not known is refused."""

from typing import Any

from runtime.local.resources.base import Properties, found, nested, pascal, pick
from runtime.local.resources.cloudfront import Tagged, counted, known

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
    """aws:cloudfront/distribution:Distribution. CallerReference is its own origin: one distribution for each."""

    noun, answer = "distribution", "Distribution"

    def config(self, inputs: Properties) -> dict[str, Any]:
        """The distribution in CloudFront's own spelling, where every list says how long it is."""
        arguments = {key: value for key, value in inputs.items() if key not in ("arn", "domainName", "etag", "status")}
        known(arguments, *OWN)
        errors = [_error(one) for one in inputs.get("customErrorResponses") or ()]
        geography = inputs["restrictions"]["geoRestriction"]
        places = {"RestrictionType": geography["restrictionType"], **counted(list(geography.get("locations") or ()))}
        certificate = inputs["viewerCertificate"]
        known(certificate, "cloudfrontDefaultCertificate")
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

    def facts(self, found: Any) -> Properties:
        """Its address."""
        return {"arn": found["ARN"], "domainName": found["DomainName"], "status": found["Status"]}

    def delete(self, identity: str, state: Properties) -> None:
        """Switch it off first: CloudFront refuses otherwise."""
        if self.read(identity, state) is None:
            return
        off = self.update(identity, state, {**state, "enabled": False})
        found(self.api.delete_distribution, Id=identity, IfMatch=off["etag"])


def _origin(origin: Properties) -> dict[str, Any]:
    known(origin, "originId", "domainName", "originAccessControlId", "customOriginConfig", "vpcOriginConfig")
    return {
        "Id": origin["originId"],
        "DomainName": origin["domainName"],
        "OriginAccessControlId": origin.get("originAccessControlId") or "",
        **_kind(nested(origin, "customOriginConfig"), nested(origin, "vpcOriginConfig")),
    }


def _kind(custom: Properties, inside: Properties) -> dict[str, Any]:
    """Return the one configuration that an origin has."""
    if custom:
        known(custom, *CUSTOM.values(), "originSslProtocols")
        secure = counted(list(custom["originSslProtocols"]))
        return {"CustomOriginConfig": {**pick(custom, **CUSTOM), "OriginSslProtocols": secure}}
    if inside:
        known(inside, *TIMES.values(), "vpcOriginId")
        return {"VpcOriginConfig": pick(inside, VpcOriginId="vpcOriginId", **TIMES)}
    return {"S3OriginConfig": {"OriginAccessIdentity": ""}}


def _behaviour(behaviour: Properties) -> dict[str, Any]:
    known(behaviour, *BEHAVIOUR.values(), "allowedMethods", "cachedMethods", "compress", "functionAssociations")
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
    known(response, "errorCode", "errorCachingMinTtl", "responseCode", "responsePagePath")
    return pascal({key: value for key, value in response.items() if key != "errorCachingMinTtl"}) | pick(
        response, ErrorCachingMinTTL="errorCachingMinTtl"
    )
