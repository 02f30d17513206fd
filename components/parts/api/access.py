"""Access to the processing API: who may call it, its domain, and its access log."""

import json
from collections.abc import Sequence
from dataclasses import dataclass

import pulumi
import pulumi_aws as aws

# Neither paths nor queries are logged: they contain ids of jobs and receipts.
LOGGED = {
    "time": "$context.requestTime",
    "request": "$context.requestId",
    "route": "$context.routeKey",
    "status": "$context.status",
    "bytes": "$context.responseLength",
    "milliseconds": "$context.responseLatency",
    "source": "$context.identity.sourceIp",
    "integration_error": "$context.integrationErrorMessage",
    "authorizer_error": "$context.authorizer.error",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ApiAccess:
    """Who may call the API, besides the check of the client's token, and under which domain."""

    mode: str
    """open: nothing; jwt: a token of `issuer`; iam: a signature of AWS."""
    issuer: str = ""
    """Who signs the JSON web tokens."""
    audiences: Sequence[str] = ()
    """Audiences of which a token must name one."""
    operators_scope: str = ""
    """The scope of a JSON web token with which an operator may look at the system, without an AWS signature."""
    domain: str = ""
    """A domain of one's own to serve it under, such as imaging.example.org."""
    certificate_arn: str = ""
    """The domain's ACM certificate, in the API's region."""
    allowed_cidrs: Sequence[str] = ()
    """The only address ranges that may call an open API."""


@dataclass(frozen=True, slots=True)
class Authorization:
    """How a route of API Gateway checks its callers."""

    type: str
    authorizer_id: pulumi.Output[str] | None = None
    scopes: Sequence[str] = ()
    """Of which a token must have one: https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-jwt-authorizer.html"""


OPEN = Authorization("NONE")
# https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-access-control-iam.html
SIGNED = Authorization("AWS_IAM")


def authorize(name: str, api: aws.apigatewayv2.Api, access: ApiAccess, parent: pulumi.Resource) -> Authorization:
    """Make the authorizer, if the access needs one; return what the routes refer to."""
    if access.mode == "open":
        return OPEN
    if access.mode == "iam":
        return SIGNED
    if not (access.issuer and access.audiences):
        raise ValueError(f"{name}: access by jwt needs both issuer and audiences")
    authorizer = aws.apigatewayv2.Authorizer(
        f"{name}-jwt",
        api_id=api.id,
        authorizer_type="JWT",
        identity_sources=["$request.header.Authorization"],
        jwt_configuration=aws.apigatewayv2.AuthorizerJwtConfigurationArgs(
            issuer=access.issuer, audiences=list(access.audiences)
        ),
        opts=pulumi.ResourceOptions(parent=parent),
    )
    return Authorization("JWT", authorizer.id)


def access_log(name: str, retention_days: int, parent: pulumi.Resource) -> aws.apigatewayv2.StageAccessLogSettingsArgs:
    """Make the log group of calls; return the setting with which a stage writes to it."""
    logs = aws.cloudwatch.LogGroup(
        f"{name}-access", retention_in_days=retention_days, opts=pulumi.ResourceOptions(parent=parent)
    )
    return aws.apigatewayv2.StageAccessLogSettingsArgs(destination_arn=logs.arn, format=json.dumps(LOGGED))


def custom_domain(
    name: str, api: aws.apigatewayv2.Api, stage: aws.apigatewayv2.Stage, access: ApiAccess, parent: pulumi.Resource
) -> pulumi.Output[str]:
    """Serve the API under its domain; return the address that its DNS record must point to."""
    child = pulumi.ResourceOptions(parent=parent)
    domain = aws.apigatewayv2.DomainName(
        f"{name}-domain",
        domain_name=access.domain,
        domain_name_configuration=aws.apigatewayv2.DomainNameDomainNameConfigurationArgs(
            certificate_arn=access.certificate_arn, endpoint_type="REGIONAL", security_policy="TLS_1_2"
        ),
        opts=child,
    )
    aws.apigatewayv2.ApiMapping(f"{name}-domain", api_id=api.id, domain_name=domain.id, stage=stage.id, opts=child)
    return domain.domain_name_configuration.target_domain_name
