"""Who may run how often at once."""

import pytest

from components.parts.handlers.concurrency import SHARES, UNRESERVED, least, reservations
from tests.components.stack import Stack


@pytest.mark.parametrize("available", [least(), 500, 1000, 10_000])
def test_what_aws_keeps_unreserved_is_left(available: int) -> None:
    reserved = reservations(available, clients=400)
    assert sum(reserved.values()) <= available - UNRESERVED
    assert reserved["proxy"] <= 400
    assert {name: reserved[name] for name in SHARES} == SHARES


def test_an_account_with_too_little_reserves_nothing() -> None:
    assert reservations(least() - 1, clients=400) == {}
    assert reservations(10, clients=400) == {}


def test_polls_are_capped_and_what_accepts_and_ends_jobs_has_its_own_share(dev: Stack) -> None:
    functions = {each.name: each.inputs for each in dev.of("Function")}
    expected = reservations(1000, clients=200)
    for handler in ("router", "jobs", "dead_letters", "proxy"):
        assert functions[handler.replace("_", "-")]["reservedConcurrentExecutions"] == expected[handler]
    assert "reservedConcurrentExecutions" not in functions["catalogue"]
    lambda_ = dev.emulator.boto3_client("lambda")
    (proxy,) = dev.of("Function")[0:0] or [each for each in dev.of("Function") if each.name == "proxy"]
    told = lambda_.get_function_concurrency(FunctionName=proxy.id)
    assert told["ReservedConcurrentExecutions"] == expected["proxy"]
