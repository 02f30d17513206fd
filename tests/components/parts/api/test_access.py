"""Who may call the processing API."""

import asyncio
from typing import Any

import pulumi
import pulumi_aws as aws
import pytest
from pulumi.runtime.settings import set_root_resource

from components.parts.api.access import OPEN, ApiAccess, Authorization, authorize


class Noted(pulumi.runtime.Mocks):
    """Makes nothing, and notes what was asked for."""

    def __init__(self) -> None:
        self.made: list[tuple[str, dict[str, Any]]] = []

    def new_resource(self, args: pulumi.runtime.MockResourceArgs) -> tuple[str, dict[str, Any]]:
        self.made.append((args.typ, dict(args.inputs)))
        return args.name, dict(args.inputs)

    def call(self, args: pulumi.runtime.MockCallArgs) -> tuple[dict[str, Any], None]:
        return {}, None


@pytest.fixture
def noted() -> Noted:
    asyncio.set_event_loop(asyncio.new_event_loop())
    nothing: Any = None
    set_root_resource(nothing)  # that of an earlier test belongs to another loop
    mocks = Noted()
    pulumi.runtime.set_mocks(mocks, project="imaging", stack="prod")
    return mocks


def ask(access: ApiAccess) -> Authorization:
    api = aws.apigatewayv2.Api("api", protocol_type="HTTP")
    return authorize("api", api, access, api)


def test_an_open_api_asks_for_nothing(noted: Noted) -> None:
    assert ask(ApiAccess(mode="open")) == OPEN == Authorization("NONE", None)


def test_iam_asks_for_a_signature_and_needs_no_authorizer(noted: Noted) -> None:
    assert ask(ApiAccess(mode="iam")) == Authorization("AWS_IAM", None)


def test_jwt_asks_the_issuer(noted: Noted) -> None:
    issuer = "https://login.example.org"
    asked = ask(ApiAccess(mode="jwt", issuer=issuer, audiences=["imaging"]))
    assert asked.type == "JWT"
    assert asked.authorizer_id is not None
    assert asyncio.get_event_loop().run_until_complete(asked.authorizer_id.future()) == "api-jwt"
    (inputs,) = [inputs for token, inputs in noted.made if token.endswith(":Authorizer")]
    assert inputs["jwtConfiguration"] == {"issuer": issuer, "audiences": ["imaging"]}
    assert inputs["identitySources"] == ["$request.header.Authorization"]


def test_jwt_without_an_issuer_or_audiences_is_refused(noted: Noted) -> None:
    with pytest.raises(ValueError, match="needs both issuer and audiences"):
        ask(ApiAccess(mode="jwt", issuer="https://login.example.org"))
