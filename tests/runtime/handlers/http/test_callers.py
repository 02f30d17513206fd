"""From where an open stack may be called."""

import json
from collections.abc import Iterator

import pytest

from runtime.handlers.http import callers
from runtime.handlers.problem import Problem
from tests.runtime.handlers.deployment import Deployment
from tests.runtime.handlers.messages import event


@pytest.fixture(autouse=True)
def fresh() -> Iterator[None]:
    """Read the environment anew."""
    callers._ranges.cache_clear()
    yield
    callers._ranges.cache_clear()


@pytest.mark.parametrize("source", ["192.0.2.7", "10.200.0.1", "2001:db8::1"])
def test_a_range_of_either_version_lets_in_its_addresses(monkeypatch: pytest.MonkeyPatch, source: str) -> None:
    monkeypatch.setenv("ALLOWED_CIDRS", "192.0.2.0/24,10.0.0.0/8,2001:db8::/48")
    callers.check(source)


@pytest.mark.parametrize("source", ["192.0.3.7", "2001:db9::1", "::ffff:192.0.2.7", "", "10.0.0.1, 192.0.2.7"])
def test_all_others_are_told_what_their_operator_can_change(monkeypatch: pytest.MonkeyPatch, source: str) -> None:
    monkeypatch.setenv("ALLOWED_CIDRS", "192.0.2.0/24")
    with pytest.raises(Problem) as caught:
        callers.check(source)
    assert caught.value.code == "address_not_allowed"
    assert "imaging:apiAllowedCidrs" in caught.value.detail


def test_no_range_lets_in_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ALLOWED_CIDRS", "")
    with pytest.raises(Problem):
        callers.check("127.0.0.1")


def test_a_stack_that_asks_for_a_token_looks_at_no_address(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("ALLOWED_CIDRS", raising=False)
    callers.check("192.0.2.7")
    callers.check("")


def test_a_call_from_elsewhere_becomes_no_client(api: Deployment) -> None:
    name = f"{api.name}-elsewhere"
    api.function("provision", name, ALLOWED_CIDRS="192.0.2.0/24")
    call = event("POST", "/provision")
    for source, status in (("192.0.2.7", 201), ("198.51.100.7", 403)):
        call["requestContext"]["http"]["sourceIp"] = source
        answer = api.invoke(name, call)
        assert answer["statusCode"] == status
    assert json.loads(answer["body"])["code"] == "address_not_allowed"
