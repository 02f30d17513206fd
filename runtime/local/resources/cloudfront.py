"""CloudFront: distributions, how they reach a bucket, and the headers that they add."""

from typing import Any

from runtime.local.resources.base import Handler, Properties, found, pascal


class Versioned(Handler):
    """Something that CloudFront changes and removes only for who has read its newest version."""

    service = "cloudfront"
    noun: str
    get: str
    change: str
    remove: str
    make: str
    argument: str

    def body(self, inputs: Properties) -> dict[str, Any]:
        """Return the configuration as CloudFront writes it."""
        raise NotImplementedError

    def outputs(self, told: dict[str, Any]) -> Properties:
        """Return what CloudFront made up."""
        return {}

    def create(self, inputs: Properties) -> tuple[str, Properties]:
        """Its id is the one CloudFront gives."""
        told = getattr(self.api, self.make)(**{self.argument: self.body(inputs)})
        return told[self.noun]["Id"], self.present(told[self.noun]["Id"], inputs)

    def read(self, identity: str, state: Properties) -> Properties | None:
        """Read it with its version."""
        told = found(getattr(self.api, self.get), Id=identity)
        return None if told is None else {**state, "etag": told["ETag"], **self.outputs(told[self.noun])}

    def _version(self, identity: str) -> dict[str, str] | None:
        told = found(getattr(self.api, self.get), Id=identity)
        return None if told is None else {"Id": identity, "IfMatch": told["ETag"]}

    def update(self, identity: str, old: Properties, new: Properties) -> Properties:
        """Send the whole configuration."""
        getattr(self.api, self.change)(
            **(self._version(identity) or {"Id": identity}), **{self.argument: self.body(new)}
        )
        return self.present(identity, new)

    def delete(self, identity: str, state: Properties) -> None:
        """Remove it."""
        if version := self._version(identity):
            getattr(self.api, self.remove)(**version)


class OriginAccessControl(Versioned):
    """aws:cloudfront/originAccessControl:OriginAccessControl."""

    named = "name"
    noun, argument = "OriginAccessControl", "OriginAccessControlConfig"
    make, get = "create_origin_access_control", "get_origin_access_control"
    change, remove = "update_origin_access_control", "delete_origin_access_control"

    def body(self, inputs: Properties) -> dict[str, Any]:
        """The names are CloudFront's own."""
        names = ("name", "signingProtocol", "signingBehavior", "originAccessControlOriginType")
        return pascal({name: inputs[name] for name in names})


class ResponseHeadersPolicy(Versioned):
    """aws:cloudfront/responseHeadersPolicy:ResponseHeadersPolicy."""

    named = "name"
    name_limit = 128
    noun, argument = "ResponseHeadersPolicy", "ResponseHeadersPolicyConfig"
    make, get = "create_response_headers_policy", "get_response_headers_policy"
    change, remove = "update_response_headers_policy", "delete_response_headers_policy"

    def body(self, inputs: Properties) -> dict[str, Any]:
        """One name is spelt otherwise."""
        headers = pascal(inputs["securityHeadersConfig"])
        if transport := headers.get("StrictTransportSecurity"):
            transport["IncludeSubdomains"] = transport.pop("IncludeSubdomains", False)
        return {"Name": inputs["name"], "SecurityHeadersConfig": headers}


class Distribution(Versioned):
    """aws:cloudfront/distribution:Distribution. Nothing is served here: what is sent is what is checked."""

    noun, argument = "Distribution", "DistributionConfig"
    make, get = "create_distribution", "get_distribution"
    change, remove = "update_distribution", "delete_distribution"

    def body(self, inputs: Properties) -> dict[str, Any]:
        """Lists have a quantity beside them."""
        behavior = inputs["defaultCacheBehavior"]
        methods = {**many(behavior["allowedMethods"]), "CachedMethods": many(behavior["cachedMethods"])}
        return {
            "CallerReference": inputs["comment"],
            "Comment": inputs["comment"],
            "Enabled": inputs["enabled"],
            "IsIPV6Enabled": bool(inputs.get("isIpv6Enabled")),
            "DefaultRootObject": inputs.get("defaultRootObject", ""),
            "PriceClass": inputs.get("priceClass", "PriceClass_All"),
            "Origins": many([self._origin(origin) for origin in inputs["origins"]]),
            "DefaultCacheBehavior": {
                "TargetOriginId": behavior["targetOriginId"],
                "ViewerProtocolPolicy": behavior["viewerProtocolPolicy"],
                "AllowedMethods": methods,
                "Compress": bool(behavior.get("compress")),
                "CachePolicyId": behavior["cachePolicyId"],
                "ResponseHeadersPolicyId": behavior["responseHeadersPolicyId"],
            },
            "Restrictions": {
                "GeoRestriction": {
                    "RestrictionType": inputs["restrictions"]["geoRestriction"]["restrictionType"],
                    "Quantity": 0,
                }
            },
            "ViewerCertificate": {
                "CloudFrontDefaultCertificate": bool(inputs["viewerCertificate"]["cloudfrontDefaultCertificate"])
            },
        }

    def _origin(self, origin: Properties) -> dict[str, Any]:
        return {
            "Id": origin["originId"],
            "DomainName": origin["domainName"],
            "OriginAccessControlId": origin["originAccessControlId"],
            "S3OriginConfig": {"OriginAccessIdentity": ""},
        }

    def outputs(self, told: dict[str, Any]) -> Properties:
        """Its address and its ARN."""
        return {"arn": told["ARN"], "domainName": told["DomainName"], "status": told["Status"]}

    def delete(self, identity: str, state: Properties) -> None:
        """CloudFront removes only what is switched off."""
        if self.read(identity, state) is not None:
            self.update(identity, state, {**state, "enabled": False})
        super().delete(identity, state)


def many(values: list[Any]) -> dict[str, Any]:
    """Return a list as CloudFront writes it."""
    return {"Quantity": len(values), "Items": values}
