"""CloudFront: distributions and what they refer to. Everything is changed and removed by its ETag."""

from typing import Any

from runtime.local.resources.base import Handler, Properties, found, pascal, pick


class Tagged(Handler):
    """A thing that CloudFront keeps under one API name (`create_<noun>`, ...), with an ETag."""

    service = "cloudfront"
    noun: str
    answer: str

    def config(self, inputs: Properties) -> dict[str, Any]:
        """Return the argument that `create_<noun>` takes, by its name."""
        raise NotImplementedError

    def create(self, inputs: Properties) -> tuple[str, Properties]:
        """Its id is CloudFront's."""
        identity = getattr(self.api, f"create_{self.noun}")(**self.config(inputs))[self.answer]["Id"]
        return identity, self.present(identity, inputs)

    def read(self, identity: str, state: Properties) -> Properties | None:
        """Ask whether it is there."""
        answer = found(getattr(self.api, f"get_{self.noun}"), Id=identity)
        return None if answer is None else {**state, "etag": answer["ETag"], **self.facts(answer[self.answer])}

    def facts(self, found: Any) -> Properties:
        """Return what the cloud knows of it beside its inputs."""
        return {}

    def update(self, identity: str, old: Properties, new: Properties) -> Properties:
        """Change it as it is now."""
        etag = self.present(identity, old)["etag"]
        getattr(self.api, f"update_{self.noun}")(Id=identity, IfMatch=etag, **self.config(new))
        return self.present(identity, new)

    def delete(self, identity: str, state: Properties) -> None:
        """Remove it."""
        if (now := self.read(identity, state)) is not None:
            found(getattr(self.api, f"delete_{self.noun}"), Id=identity, IfMatch=now["etag"])


class OriginAccessControl(Tagged):
    """aws:cloudfront/originAccessControl:OriginAccessControl."""

    noun, answer, named = "origin_access_control", "OriginAccessControl", "name"

    def config(self, inputs: Properties) -> dict[str, Any]:
        """Four words."""
        names = ("name", "originAccessControlOriginType", "signingBehavior", "signingProtocol")
        return {"OriginAccessControlConfig": {"Description": "", **pascal({name: inputs[name] for name in names})}}


class ResponseHeadersPolicy(Tagged):
    """aws:cloudfront/responseHeadersPolicy:ResponseHeadersPolicy."""

    noun, answer, named = "response_headers_policy", "ResponseHeadersPolicy", "name"

    def config(self, inputs: Properties) -> dict[str, Any]:
        """The security headers."""
        headers = pascal(inputs["securityHeadersConfig"])
        if transport := headers.get("StrictTransportSecurity"):
            transport["AccessControlMaxAgeSec"] = int(transport["AccessControlMaxAgeSec"])
        return {"ResponseHeadersPolicyConfig": {"Name": inputs["name"], "SecurityHeadersConfig": headers}}


class Distribution(Tagged):
    """aws:cloudfront/distribution:Distribution. CallerReference is its own origin: one distribution for each."""

    noun, answer = "distribution", "Distribution"

    def config(self, inputs: Properties) -> dict[str, Any]:
        """The distribution in CloudFront's own spelling, where every list says how long it is."""
        ordered = [_behaviour(one) for one in inputs.get("orderedCacheBehaviors") or ()]
        return {
            "DistributionConfig": {
                "CallerReference": inputs["origins"][0]["domainName"],
                "Comment": inputs.get("comment") or "",
                "Enabled": bool(inputs["enabled"]),
                "DefaultRootObject": inputs.get("defaultRootObject") or "",
                "Origins": _counted([_origin(one) for one in inputs["origins"]]),
                "DefaultCacheBehavior": _behaviour(inputs["defaultCacheBehavior"]),
                "CacheBehaviors": _counted(ordered),
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


class Function(Handler):
    """aws:cloudfront/function:Function, published as soon as it is written."""

    service = "cloudfront"
    named = "name"
    replace_on = frozenset({"name"})

    def _written(self, inputs: Properties) -> dict[str, Any]:
        config = {"Comment": inputs.get("comment") or "", "Runtime": inputs["runtime"]}
        return {"Name": inputs["name"], "FunctionConfig": config, "FunctionCode": inputs["code"].encode()}

    def create(self, inputs: Properties) -> tuple[str, Properties]:
        """Its id is its name."""
        etag = self.api.create_function(**self._written(inputs))["ETag"]
        self.api.publish_function(Name=inputs["name"], IfMatch=etag)
        return inputs["name"], self.present(inputs["name"], inputs)

    def read(self, identity: str, state: Properties) -> Properties | None:
        """Ask for the published one."""
        answer = found(self.api.describe_function, Name=identity, Stage="LIVE")
        if answer is None:
            return None
        arn = answer["FunctionSummary"]["FunctionMetadata"]["FunctionARN"]
        return {**state, "arn": arn, "etag": answer["ETag"]}

    def update(self, identity: str, old: Properties, new: Properties) -> Properties:
        """Write and publish it."""
        self.api.update_function(IfMatch=self._etag(identity), **self._written(new))
        self.api.publish_function(Name=identity, IfMatch=self._etag(identity))
        return self.present(identity, new)

    def delete(self, identity: str, state: Properties) -> None:
        """Remove it."""
        if (etag := self._etag(identity)) is not None:
            found(self.api.delete_function, Name=identity, IfMatch=etag)

    def _etag(self, identity: str) -> str | None:
        answer = found(self.api.describe_function, Name=identity, Stage="DEVELOPMENT")
        return None if answer is None else answer["ETag"]


def _counted(items: list[Any]) -> dict[str, Any]:
    return {"Quantity": len(items), "Items": items} if items else {"Quantity": 0}


def _origin(origin: Properties) -> dict[str, Any]:
    return {
        "Id": origin["originId"],
        "DomainName": origin["domainName"],
        "OriginAccessControlId": origin.get("originAccessControlId") or "",
        "S3OriginConfig": {"OriginAccessIdentity": ""},
    }


def _behaviour(behaviour: Properties) -> dict[str, Any]:
    methods = _counted(behaviour["allowedMethods"]) | {"CachedMethods": _counted(behaviour["cachedMethods"])}
    called = [
        {"EventType": one["eventType"], "FunctionARN": one["functionArn"]}
        for one in behaviour.get("functionAssociations") or ()
    ]
    return {
        "TargetOriginId": behaviour["targetOriginId"],
        "ViewerProtocolPolicy": behaviour["viewerProtocolPolicy"],
        "AllowedMethods": methods,
        "Compress": bool(behaviour.get("compress")),
        "FunctionAssociations": _counted(called),
        **pick(
            behaviour,
            PathPattern="pathPattern",
            CachePolicyId="cachePolicyId",
            ResponseHeadersPolicyId="responseHeadersPolicyId",
        ),
    }
