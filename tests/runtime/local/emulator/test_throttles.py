"""A stage's limits hold on one machine as API Gateway's do."""

import uuid

import httpx
import pytest

from runtime.local.emulator.emulator import Emulator
from runtime.local.emulator.throttles import REFUSAL, Throttles

STAGE = {
    "stageName": "$default",
    "defaultRouteSettings": {"throttlingRateLimit": 10.0, "throttlingBurstLimit": 2},
    "routeSettings": {"POST /provision": {"throttlingRateLimit": 0.5, "throttlingBurstLimit": 1}},
}


def test_a_route_takes_its_burst_and_then_its_rate() -> None:
    throttles = Throttles()
    took = [throttles.take("api", STAGE, "GET /jobs", at) for at in (0, 0, 0, 0.05, 0.11, 0.11)]
    assert took == [True, True, False, False, True, False]


def test_a_route_with_limits_of_its_own_takes_nothing_of_the_others() -> None:
    throttles = Throttles()
    assert [throttles.take("api", STAGE, "POST /provision", at) for at in (0, 1, 2)] == [True, False, True]
    assert throttles.take("api", STAGE, "GET /jobs", 2) and throttles.take("other", STAGE, "POST /provision", 2)


def test_new_limits_hold_at_once_and_a_stage_without_limits_takes_all() -> None:
    throttles = Throttles()
    assert [throttles.take("api", STAGE, "POST /provision", 0) for _ in range(2)] == [True, False]
    assert throttles.take("api", {**STAGE, "routeSettings": {}}, "POST /provision", 0)
    assert all(throttles.take("api", {"stageName": "$default"}, "GET /jobs", 0) for _ in range(100))


@pytest.fixture
def address(cloud: Emulator) -> str:
    """The address of an HTTP API whose one route takes a call a minute; no integration answers it."""
    gateway = cloud.boto3_client("apigatewayv2")
    api = gateway.create_api(Name=f"throttled-{uuid.uuid4().hex[:8]}", ProtocolType="HTTP")["ApiId"]
    gateway.create_route(ApiId=api, RouteKey="GET /slow")
    limits = {"ThrottlingRateLimit": 0.01, "ThrottlingBurstLimit": 1}
    gateway.create_stage(ApiId=api, StageName="$default", RouteSettings={"GET /slow": limits})
    return f"{cloud.endpoint}/_aws/execute-api/{api}/slow"


def test_the_emulator_refuses_what_is_beyond_the_limits(address: str) -> None:
    first, second = (httpx.get(address) for _ in range(2))
    assert first.status_code != 429
    assert (second.status_code, second.content) == (429, REFUSAL[2]) and "retry-after" not in second.headers
    assert httpx.options(address).status_code != 429
