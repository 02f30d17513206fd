"""HTTP APIs and the names that they are called by."""

import os
from typing import Any

from runtime.local.processes.ports import API_ID
from runtime.local.resources.base import Handler, Properties, camel, nested, pascal, pick, unless_absent


class Api(Handler):
    """aws:apigatewayv2/api:Api."""

    service = "apigatewayv2"
    name_property = "name"
    name_limit = 128
    replace_on = frozenset({"protocolType"})

    def _settings(self, inputs: Properties) -> dict[str, Any]:
        settings = pick(inputs, Name="name", Description="description")
        if cors := inputs.get("corsConfiguration"):
            settings["CorsConfiguration"] = pascal(cors)
        return settings

    def create(self, inputs: Properties) -> tuple[str, Properties]:
        """Create it; its id is the one API Gateway gives, unless another was chosen, which MiniStack takes as a tag."""
        tags: dict[str, str] = nested(inputs, "tags")
        if chosen := os.environ.get(API_ID):
            tags = {**tags, "ms-custom-id": chosen}
        settings = self._settings(inputs)
        identity = self.api.create_api(ProtocolType=inputs["protocolType"], Tags=tags, **settings)["ApiId"]
        return identity, self.present(identity, inputs)

    def read(self, identity: str, state: Properties) -> Properties | None:
        """Read the API; its address is a path of the emulator, so that no host name must be resolved."""
        answer = unless_absent(self.api.get_api, ApiId=identity)
        if answer is None:
            return None
        region = self.api.meta.region_name
        account = self.boto3_client("sts").get_caller_identity()["Account"]
        return {
            **state,
            "name": answer["Name"],
            "apiEndpoint": f"{self.api.meta.endpoint_url}/_aws/execute-api/{identity}",
            "arn": f"arn:aws:apigateway:{region}::/apis/{identity}",
            "executionArn": f"arn:aws:execute-api:{region}:{account}:{identity}",
            "corsConfiguration": camel(answer["CorsConfiguration"]) if answer.get("CorsConfiguration") else None,
        }

    def update(self, identity: str, old: Properties, new: Properties) -> Properties:
        """Send the settings."""
        if old.get("corsConfiguration") and not new.get("corsConfiguration"):
            self.api.delete_cors_configuration(ApiId=identity)
        self.api.update_api(ApiId=identity, **self._settings(new))
        return self.present(identity, new)

    def delete(self, identity: str, state: Properties) -> None:
        """Remove it with its routes."""
        unless_absent(self.api.delete_api, ApiId=identity)


class DomainName(Handler):
    """aws:apigatewayv2/domainName:DomainName."""

    service = "apigatewayv2"
    replace_on = frozenset({"domainName"})

    def create(self, inputs: Properties) -> tuple[str, Properties]:
        """Create it; its id is the domain."""
        self.api.create_domain_name(
            DomainName=inputs["domainName"],
            DomainNameConfigurations=[pascal(inputs["domainNameConfiguration"])],
            Tags=inputs.get("tags") or {},
        )
        return inputs["domainName"], self.present(inputs["domainName"], inputs)

    def read(self, identity: str, state: Properties) -> Properties | None:
        """Read it, and the address to which its DNS record must point."""
        answer = unless_absent(self.api.get_domain_name, DomainName=identity)
        if answer is None:
            return None
        details = answer["DomainNameConfigurations"][0]
        target = {
            "targetDomainName": details.get("ApiGatewayDomainName", ""),
            "hostedZoneId": details.get("HostedZoneId", ""),
        }
        return {**state, "domainNameConfiguration": {**(state.get("domainNameConfiguration") or {}), **target}}

    def update(self, identity: str, old: Properties, new: Properties) -> Properties:
        """Send the configuration."""
        self.api.update_domain_name(
            DomainName=identity, DomainNameConfigurations=[pascal(new["domainNameConfiguration"])]
        )
        return self.present(identity, new)

    def delete(self, identity: str, state: Properties) -> None:
        """Remove it."""
        unless_absent(self.api.delete_domain_name, DomainName=identity)


class ApiMapping(Handler):
    """aws:apigatewayv2/apiMapping:ApiMapping."""

    service = "apigatewayv2"
    replace_on = frozenset({"domainName"})

    def create(self, inputs: Properties) -> tuple[str, Properties]:
        """Create it; its id is the one API Gateway gives."""
        identity = self.api.create_api_mapping(
            ApiId=inputs["apiId"], DomainName=inputs["domainName"], Stage=inputs["stage"]
        )["ApiMappingId"]
        return identity, self.present(identity, inputs)

    def read(self, identity: str, state: Properties) -> Properties | None:
        """Read it, if it exists."""
        answer = unless_absent(self.api.get_api_mapping, ApiMappingId=identity, DomainName=state["domainName"])
        return None if answer is None else {**state, "apiId": answer["ApiId"], "stage": answer["Stage"]}

    def update(self, identity: str, old: Properties, new: Properties) -> Properties:
        """Point it elsewhere."""
        self.api.update_api_mapping(
            ApiId=new["apiId"], ApiMappingId=identity, DomainName=new["domainName"], Stage=new["stage"]
        )
        return self.present(identity, new)

    def delete(self, identity: str, state: Properties) -> None:
        """Remove it."""
        unless_absent(self.api.delete_api_mapping, ApiMappingId=identity, DomainName=state["domainName"])
