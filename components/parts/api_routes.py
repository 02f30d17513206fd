"""What leads from a call to its handler: routes, integrations, and the permission to invoke it."""

from collections.abc import Mapping

import pulumi
import pulumi_aws as aws

from components.handler_function import HandlerFunction
from components.parts.api_access import OPEN, ApiAccess, authorize
from runtime.contracts.routes import ROUTES as CONTRACT

# Which handler answers a route; what is no route of the API is told so by the catalogue.
ROUTES = {**{f"{route.method} {route.path}": route.handler for route in CONTRACT}, "$default": "catalogue"}
HANDLERS = sorted(set(ROUTES.values()))
# A browser's question before a call carries no token. API Gateway answers it by itself; but where $default asks for
# authorization, it takes this method as any other, and refuses.
PREFLIGHT = "OPTIONS /{proxy+}"


def routes(
    name: str,
    api: aws.apigatewayv2.Api,
    functions: Mapping[str, HandlerFunction],
    access: ApiAccess,
    parent: pulumi.Resource,
    *,
    browsers: bool,
    after: pulumi.Resource,
) -> None:
    """Make the API's routes, children of `parent`; `browsers` are let in by CORS, and `after` is made before."""
    # Deleted in the opposite order: nobody becomes a client any more when the clients are removed.
    guarded = pulumi.ResourceOptions(parent=parent, depends_on=[after])
    authorization = authorize(name, api, access, parent)
    targets = {handler: _integration(f"{name}-{handler}", api, functions[handler], parent) for handler in HANDLERS}
    answered = {key: (handler, authorization) for key, handler in ROUTES.items()}
    if authorization.type != OPEN.type and browsers:
        answered[PREFLIGHT] = ("catalogue", OPEN)
    for key, (handler, asked) in answered.items():
        # what the key has beside its words: "POST /jobs/{job_id}" is named post-jobs-job-id
        words = "".join(char if char.isalnum() else " " for char in key.lower()).split()
        aws.apigatewayv2.Route(
            f"{name}-{'-'.join(words)}",
            api_id=api.id,
            route_key=key,
            target=targets[handler],
            authorization_type=asked.type,
            authorizer_id=asked.authorizer_id,
            opts=guarded,
        )


def _integration(
    name: str, api: aws.apigatewayv2.Api, handler: HandlerFunction, parent: pulumi.Resource
) -> pulumi.Output[str]:
    child = pulumi.ResourceOptions(parent=parent)
    integration = aws.apigatewayv2.Integration(
        name,
        api_id=api.id,
        integration_type="AWS_PROXY",
        integration_method="POST",
        integration_uri=handler.function.invoke_arn,
        payload_format_version="2.0",
        timeout_milliseconds=30000,
        opts=child,
    )
    aws.lambda_.Permission(
        name,
        function=handler.function.name,
        action="lambda:InvokeFunction",
        principal="apigateway.amazonaws.com",
        source_arn=pulumi.Output.concat(api.execution_arn, "/*"),
        opts=child,
    )
    return pulumi.Output.concat("integrations/", integration.id)
