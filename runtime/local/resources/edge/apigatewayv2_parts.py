"""The parts of an HTTP API: integrations, routes, stages and authorizers."""

from typing import Any

from runtime.local.resources.base import Handler, Properties, pascal, pick, unless_absent


class Part(Handler):
    """A part of an API, with the same four calls under its own name."""

    service = "apigatewayv2"
    replace_on = frozenset({"apiId"})
    noun: str
    names: dict[str, str]

    def _call(self, verb: str, **arguments: Any) -> Any:
        return getattr(self.api, f"{verb}_{self.noun.lower()}")(**arguments)

    def _id(self, identity: str) -> dict[str, str]:
        return {f"{self.noun}Id": identity}

    def settings(self, inputs: Properties) -> dict[str, Any]:
        """Return the arguments of create and update."""
        return pick(inputs, **self.names)

    def create(self, inputs: Properties) -> tuple[str, Properties]:
        """Create it; its id is the one API Gateway gives."""
        answer = self._call("create", ApiId=inputs["apiId"], **self.settings(inputs))
        identity = answer[f"{self.noun}Id"]
        return identity, self.outputs(identity, inputs, answer)

    def read(self, identity: str, state: Properties) -> Properties | None:
        """Read the named settings."""
        get = getattr(self.api, f"get_{self.noun.lower()}")
        answer = unless_absent(get, ApiId=state["apiId"], **self._id(identity))
        return None if answer is None else self.outputs(identity, state, answer)

    def outputs(self, identity: str, state: Properties, answer: Properties) -> Properties:
        """Return the outputs from the answer to a call that creates, changes or reads it."""
        return {**state, **{name: answer[key] for key, name in self.names.items() if answer.get(key) is not None}}

    def update(self, identity: str, old: Properties, new: Properties) -> Properties:
        """Send the settings."""
        answer = self._call("update", ApiId=new["apiId"], **self._id(identity), **self.settings(new))
        return self.outputs(identity, new, answer)

    def delete(self, identity: str, state: Properties) -> None:
        """Remove it."""
        unless_absent(getattr(self.api, f"delete_{self.noun.lower()}"), ApiId=state["apiId"], **self._id(identity))


class Integration(Part):
    """aws:apigatewayv2/integration:Integration."""

    noun = "Integration"
    names = {  # noqa: RUF012 - read only
        "IntegrationType": "integrationType",
        "IntegrationUri": "integrationUri",
        "IntegrationMethod": "integrationMethod",
        "PayloadFormatVersion": "payloadFormatVersion",
        "TimeoutInMillis": "timeoutMilliseconds",
        "Description": "description",
    }


class Route(Part):
    """aws:apigatewayv2/route:Route."""

    noun = "Route"
    names = {  # noqa: RUF012 - read only
        "RouteKey": "routeKey",
        "Target": "target",
        "AuthorizationType": "authorizationType",
        "AuthorizerId": "authorizerId",
        "AuthorizationScopes": "authorizationScopes",
    }


class Stage(Part):
    """aws:apigatewayv2/stage:Stage; its id is its name."""

    noun = "Stage"
    replace_on = frozenset({"apiId", "name"})
    names = {"AutoDeploy": "autoDeploy", "Description": "description"}  # noqa: RUF012 - read only

    def _id(self, identity: str) -> dict[str, str]:
        return {"StageName": identity}

    def settings(self, inputs: Properties) -> dict[str, Any]:
        """Return the arguments; nested settings spell their keys in their own way."""
        settings = super().settings(inputs)
        if throttle := inputs.get("defaultRouteSettings"):
            settings["DefaultRouteSettings"] = pascal(throttle)
        if routes := inputs.get("routeSettings"):
            settings["RouteSettings"] = {
                each["routeKey"]: pascal({name: value for name, value in each.items() if name != "routeKey"})
                for each in routes
            }
        if logs := inputs.get("accessLogSettings"):
            settings["AccessLogSettings"] = pascal(logs)
        return settings

    def create(self, inputs: Properties) -> tuple[str, Properties]:
        """Create it under the name that the program gives."""
        name = inputs["name"]
        tags: dict[str, str] = inputs.get("tags") or {}
        answer = self.api.create_stage(ApiId=inputs["apiId"], StageName=name, Tags=tags, **self.settings(inputs))
        return name, self.outputs(name, inputs, answer)

    def outputs(self, identity: str, state: Properties, answer: Properties) -> Properties:
        """Return the outputs, with its address."""
        path = "" if identity == "$default" else f"/{identity}"
        address = f"{self.api.meta.endpoint_url}/_aws/execute-api/{state['apiId']}{path}/"
        return {**super().outputs(identity, state, answer), "invokeUrl": address}


class Authorizer(Part):
    """aws:apigatewayv2/authorizer:Authorizer."""

    noun = "Authorizer"
    name_property = "name"
    name_limit = 128
    replace_on = frozenset({"apiId", "authorizerType"})
    names = {  # noqa: RUF012 - read only
        "Name": "name",
        "AuthorizerType": "authorizerType",
        "IdentitySource": "identitySources",
    }

    def settings(self, inputs: Properties) -> dict[str, Any]:
        """Return the arguments; the audiences have another name."""
        settings = super().settings(inputs)
        if jwt := inputs.get("jwtConfiguration"):
            settings["JwtConfiguration"] = pick(jwt, Issuer="issuer", Audience="audiences")
        return settings
