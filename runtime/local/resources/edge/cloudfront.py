"""The CloudFront resources that a CloudFront distribution refers to; each is changed and removed by its ETag."""

from typing import Any

from runtime.local.resources.base import Handler, Properties, nested, pascal, pick, tags_list, unless_absent


def allow_only(inputs: Properties, *names: str) -> None:
    """Refuse a property that would not be sent."""
    if unknown := sorted(set(inputs) - set(names)):
        raise NotImplementedError(f"the embedded cloud does not send CloudFront {', '.join(unknown)}")


def counted(items: list[Any]) -> dict[str, Any]:
    """Return a list in CloudFront's form, which includes its length."""
    return {"Quantity": len(items), "Items": items} if items else {"Quantity": 0}


class Tagged(Handler):
    """A resource that CloudFront keeps under one API name (`create_<noun>`, ...), with an ETag."""

    service = "cloudfront"
    noun: str
    answer: str

    def config(self, inputs: Properties) -> dict[str, Any]:
        """Return the argument that `create_<noun>` takes, by its name."""
        raise NotImplementedError

    def create(self, inputs: Properties) -> tuple[str, Properties]:
        """Create it; its id is CloudFront's."""
        identity = getattr(self.api, f"create_{self.noun}")(**self.config(inputs))[self.answer]["Id"]
        self.tag(identity, {}, inputs)
        return identity, self.present(identity, inputs)

    def tag(self, identity: str, old: Properties, new: Properties) -> None:
        """Set the tags of a resource with an ARN."""
        if old.get("tags") != new.get("tags"):
            arn = self.present(identity, new)["arn"]
            self.api.tag_resource(Resource=arn, Tags={"Items": tags_list(new)})

    def read(self, identity: str, state: Properties) -> Properties | None:
        """Read it, if it exists."""
        answer = unless_absent(getattr(self.api, f"get_{self.noun}"), Id=identity)
        return None if answer is None else {**state, "etag": answer["ETag"], **self.facts(answer[self.answer])}

    def facts(self, answer: Any) -> Properties:
        """Return the outputs that the cloud adds to its inputs."""
        return {}

    def update(self, identity: str, old: Properties, new: Properties) -> Properties:
        """Change it in place."""
        etag = self.present(identity, old)["etag"]
        getattr(self.api, f"update_{self.noun}")(Id=identity, IfMatch=etag, **self.config(new))
        self.tag(identity, old, new)
        return self.present(identity, new)

    def delete(self, identity: str, state: Properties) -> None:
        """Remove it."""
        if (now := self.read(identity, state)) is not None:
            unless_absent(getattr(self.api, f"delete_{self.noun}"), Id=identity, IfMatch=now["etag"])


class OriginAccessControl(Tagged):
    """aws:cloudfront/originAccessControl:OriginAccessControl."""

    noun, answer, name_property = "origin_access_control", "OriginAccessControl", "name"

    def config(self, inputs: Properties) -> dict[str, Any]:
        """Return the four settings."""
        names = ("name", "originAccessControlOriginType", "signingBehavior", "signingProtocol")
        return {"OriginAccessControlConfig": {"Description": "", **pascal({name: inputs[name] for name in names})}}


class ResponseHeadersPolicy(Tagged):
    """aws:cloudfront/responseHeadersPolicy:ResponseHeadersPolicy."""

    noun, answer, name_property = "response_headers_policy", "ResponseHeadersPolicy", "name"

    def config(self, inputs: Properties) -> dict[str, Any]:
        """Return the security headers and the custom ones."""
        allow_only(inputs, "name", "securityHeadersConfig", "customHeadersConfig")
        headers = pascal(inputs["securityHeadersConfig"])
        if transport := headers.get("StrictTransportSecurity"):
            transport["AccessControlMaxAgeSec"] = int(transport["AccessControlMaxAgeSec"])
        others = [pascal(item) for item in nested(inputs, "customHeadersConfig").get("items") or ()]
        custom = {"CustomHeadersConfig": counted(others)} if others else {}
        return {"ResponseHeadersPolicyConfig": {"Name": inputs["name"], "SecurityHeadersConfig": headers, **custom}}


class VpcOrigin(Tagged):
    """aws:cloudfront/vpcOrigin:VpcOrigin. While a CloudFront distribution uses it, it cannot change or be removed."""

    noun, answer = "vpc_origin", "VpcOrigin"

    def config(self, inputs: Properties) -> dict[str, Any]:
        """Return the load balancer and how it is called."""
        endpoint_inputs = inputs["vpcOriginEndpointConfig"]
        secure = endpoint_inputs["originSslProtocols"]
        endpoint = {
            **pick(endpoint_inputs, Name="name", Arn="arn", OriginProtocolPolicy="originProtocolPolicy"),
            **pick(endpoint_inputs, HTTPPort="httpPort", HTTPSPort="httpsPort"),
            "OriginSslProtocols": {"Quantity": secure["quantity"], "Items": secure["items"]},
        }
        return {"VpcOriginEndpointConfig": endpoint}

    def facts(self, answer: Any) -> Properties:
        """Return its ARN."""
        return {"arn": answer["Arn"]}
