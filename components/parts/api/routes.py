"""The routes of the processing API, with the integrations and permissions that invoke the handlers."""

from collections.abc import Mapping
from dataclasses import replace

import pulumi
import pulumi_aws as aws

from components.parts.api.access import OPEN, SIGNED, ApiAccess, Authorization, authorize
from runtime.contracts.routes import ROUTES as CONTRACT
from runtime.contracts.variables import handler_names

# The handler of each route; the catalogue answers calls to any other path.
ROUTES = {**{route.key: route.handler for route in CONTRACT}, "$default": handler_names.CATALOGUE}
HANDLERS = sorted(set(ROUTES.values()))
# Those of operators ask for a signature of AWS, whatever the stack asks of its clients. If the stack has a scope for
# operators, some ask for a token with it instead: the page cannot sign.
OPERATORS = {route.key: route for route in CONTRACT if route.operator}
# A browser sends its CORS preflight without a token. API Gateway answers it by itself; but if $default asks for
# authorization, API Gateway treats OPTIONS like any other method and refuses it.
PREFLIGHT = "OPTIONS /{proxy+}"


def routes(
    name: str,
    api: aws.apigatewayv2.Api,
    functions: Mapping[str, aws.lambda_.Function],
    access: ApiAccess,
    parent: pulumi.Resource,
    *,
    browsers: bool,
    after: pulumi.Resource,
) -> list[pulumi.Resource]:
    """Make the API's routes as children of `parent`, after `after`; `browsers` says whether CORS lets pages in."""
    # Deletion runs in the opposite order: when the clients are removed, nobody can become one any more.
    guarded = pulumi.ResourceOptions(parent=parent, depends_on=[after])
    authorization = authorize(name, api, access, parent)
    targets = {handler: _integration(f"{name}-{handler}", api, functions[handler], parent) for handler in HANDLERS}
    answered = [(key, handler, _authorization(key, authorization, access)) for key, handler in ROUTES.items()]
    if authorization.type != OPEN.type and browsers:
        answered.append((PREFLIGHT, handler_names.CATALOGUE, OPEN))
    made: list[pulumi.Resource] = []
    for key, handler, required in answered:
        # the words of the key: "POST /jobs/{job_id}" is named post-jobs-job-id
        words = "".join(char if char.isalnum() else " " for char in key.lower()).split()
        made.append(
            aws.apigatewayv2.Route(
                f"{name}-{'-'.join(words)}",
                api_id=api.id,
                route_key=key,
                target=targets[handler],
                authorization_type=required.type,
                authorizer_id=required.authorizer_id,
                authorization_scopes=list(required.scopes) or None,
                opts=guarded,
            )
        )
    return made


def _authorization(key: str, of_clients: Authorization, access: ApiAccess) -> Authorization:
    """Return what a route asks for."""
    if key not in OPERATORS:
        return of_clients
    if OPERATORS[key].sign_in and access.operators_scope and of_clients.type == "JWT":
        return replace(of_clients, scopes=(access.operators_scope,))
    return SIGNED


def _integration(
    name: str, api: aws.apigatewayv2.Api, function: aws.lambda_.Function, parent: pulumi.Resource
) -> pulumi.Output[str]:
    child = pulumi.ResourceOptions(parent=parent)
    integration = aws.apigatewayv2.Integration(
        name,
        api_id=api.id,
        integration_type="AWS_PROXY",
        integration_method="POST",
        integration_uri=function.invoke_arn,
        payload_format_version="2.0",
        timeout_milliseconds=30000,
        opts=child,
    )
    aws.lambda_.Permission(
        name,
        function=function.name,
        action="lambda:InvokeFunction",
        principal="apigateway.amazonaws.com",
        source_arn=pulumi.Output.concat(api.execution_arn, "/*"),
        opts=child,
    )
    return pulumi.Output.concat("integrations/", integration.id)
