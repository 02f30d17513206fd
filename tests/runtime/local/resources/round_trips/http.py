"""HTTP APIs."""

from typing import Any

from tests.runtime.local.resources.round_trips.world import Case, World, api, function


def mapping(world: World) -> dict[str, Any]:
    api_id = api(world)
    handler = world.table.handler("aws:apigatewayv2/stage:Stage")
    handler.create(handler.check("s", {"apiId": api_id, "name": "$default", "autoDeploy": True}, {}))
    domain = world.id("aws:apigatewayv2/domainName:DomainName", "d", **DOMAIN)
    return {"apiId": api_id, "domainName": domain, "stage": "$default"}


DOMAIN = {
    "domainName": "two.example.org",
    "domainNameConfiguration": {
        "certificateArn": "arn:aws:acm:eu-south-1:000000000000:certificate/1",
        "endpointType": "REGIONAL",
        "securityPolicy": "TLS_1_2",
    },
}

CASES: dict[str, Case] = {
    "aws:apigatewayv2/api:Api": (
        lambda w: {
            "protocolType": "HTTP",
            "corsConfiguration": {"allowOrigins": ["*"], "allowMethods": ["GET"], "maxAge": 60},
        },
        {"corsConfiguration": {"allowOrigins": ["https://a.example"], "allowMethods": ["GET"], "maxAge": 60}},
    ),
    "aws:apigatewayv2/integration:Integration": (
        lambda w: {
            "apiId": api(w),
            "integrationType": "AWS_PROXY",
            "integrationUri": function(w)[1]["invokeArn"],
            "payloadFormatVersion": "2.0",
            "timeoutMilliseconds": 30000,
        },
        {"timeoutMilliseconds": 20000},
    ),
    "aws:apigatewayv2/route:Route": (
        lambda w: {"apiId": api(w), "routeKey": "GET /a", "target": "integrations/x"},
        {"target": "integrations/y"},
    ),
    "aws:apigatewayv2/stage:Stage": (
        lambda w: {
            "apiId": api(w),
            "name": "$default",
            "autoDeploy": True,
            "defaultRouteSettings": {"throttlingBurstLimit": 5, "throttlingRateLimit": 5},
        },
        {"description": "now described"},
    ),
    "aws:apigatewayv2/authorizer:Authorizer": (
        lambda w: {
            "apiId": api(w),
            "authorizerType": "JWT",
            "identitySources": ["$request.header.Authorization"],
            "jwtConfiguration": {"issuer": "https://login.example.org", "audiences": ["a"]},
        },
        {"jwtConfiguration": {"issuer": "https://login.example.org", "audiences": ["b"]}},
    ),
    "aws:apigatewayv2/domainName:DomainName": (
        lambda w: {**DOMAIN, "domainName": "one.example.org"},
        {},
    ),
    "aws:apigatewayv2/apiMapping:ApiMapping": (mapping, {}),
}
