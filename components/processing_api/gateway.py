"""The HTTP API at API Gateway, and the stage that serves it."""

from collections.abc import Sequence

import pulumi
import pulumi_aws as aws

from components.parts.api.access import access_log
from components.processing_api.args import ProcessingApiArgs
from runtime.contracts import headers


def create_api(name: str, origins: Sequence[pulumi.Input[str]], parent: pulumi.Resource) -> aws.apigatewayv2.Api:
    """Create an API that the pages of these origins may call."""
    cors = aws.apigatewayv2.ApiCorsConfigurationArgs(
        allow_origins=list(origins),
        allow_methods=["DELETE", "GET", "OPTIONS", "POST"],
        allow_headers=list(headers.CALL_HEADERS),
        max_age=3600,
    )
    return aws.apigatewayv2.Api(
        name,
        protocol_type="HTTP",
        cors_configuration=cors if origins else None,
        opts=pulumi.ResourceOptions(parent=parent),
    )


def create_stage(
    name: str,
    api: aws.apigatewayv2.Api,
    args: ProcessingApiArgs,
    parent: pulumi.Resource,
    after: Sequence[pulumi.Resource],
) -> aws.apigatewayv2.Stage:
    """Create the stage of the routes `after` which it is made."""
    return aws.apigatewayv2.Stage(
        f"{name}-stage",
        api_id=api.id,
        name="$default",
        auto_deploy=True,
        default_route_settings=args.limits.of_each_route(),
        route_settings=args.limits.of_routes(),
        access_log_settings=access_log(name, args.log_retention_days, parent),
        # API Gateway refuses settings of a route that is not there yet.
        opts=pulumi.ResourceOptions(parent=parent, depends_on=list(after)),
    )
