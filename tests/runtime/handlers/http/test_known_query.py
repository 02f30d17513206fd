"""A query parameter that a call does not have is refused instead of ignored."""

from typing import Any

import pytest

from runtime.contracts.routes import ROUTES
from runtime.handlers import compiled
from runtime.handlers.http.exchange import Request
from runtime.handlers.http.known_query import check_query
from runtime.handlers.problem import Problem
from tests.runtime.handlers.caller import Caller, refused
from tests.runtime.handlers.deployment import Deployment


def request(route: str, *names: str) -> Request:
    return Request("GET", "/", route, {}, dict.fromkeys(names, "x"), {}, b"")


@pytest.fixture(autouse=True)
def _known(monkeypatch: pytest.MonkeyPatch) -> None:  # pyright: ignore[reportUnusedFunction]
    """What the bundle's build generates."""
    monkeypatch.setattr(compiled, "queries", lambda: {route.key: route.query for route in ROUTES if route.query})


@pytest.mark.parametrize(("mistyped", "meant"), [("stat", "state"), ("STATE", "state"), ("Batch_id", "batch")])
def test_the_parameter_that_was_meant_is_named(mistyped: str, meant: str) -> None:
    with pytest.raises(Problem) as told:
        check_query(request("GET /jobs", "algorithm", mistyped))
    assert told.value.errors == [
        (f"?{mistyped}", f"is not known here; did you mean {meant}? Known: state, algorithm, batch, since, cursor")
    ]


def test_all_unknown_parameters_are_told_at_once_without_a_guess() -> None:
    with pytest.raises(Problem) as told:
        check_query(request("GET /sign", "key", "zzz", ""))
    assert [at for at, _ in told.value.errors] == ["?zzz", "?(no name)"]
    assert told.value.detail == "zzz is not known here; known: key (1 more)."


@pytest.mark.parametrize("route", ["GET /jobs", "$default", ""])
def test_a_signature_and_calls_without_parameters_of_their_own_are_let_pass(route: str) -> None:
    check_query(request(route, "X-Amz-Signature", "X-Amz-Date"))


def test_each_known_parameter_is_taken() -> None:
    for route in ROUTES:
        check_query(request(route.key, *route.query))


LISTED: list[tuple[str, str, dict[str, Any]]] = [
    ("GET", "/jobs", {"stat": "failed"}),
    ("GET", "/proxy-sqs", {"queue": "q", "wiat": "0"}),
    ("DELETE", "/proxy-sqs", {"queue": "q", "receipt": "r", "wait": "0"}),
    ("GET", "/sign", {"key": "k", "expires": "1"}),
]


@pytest.mark.parametrize(("method", "path", "query"), LISTED)
def test_each_call_that_has_parameters_refuses_others(
    api: Deployment, alice: Caller, method: str, path: str, query: dict[str, Any]
) -> None:
    problem = refused(alice.call(method, path, params=query), 422, "invalid_request")
    assert [error.parameter for error in problem.errors] == [list(query)[-1]]


def test_parameters_of_an_algorithm_are_not_given_in_the_query(api: Deployment, alice: Caller) -> None:
    answer = alice.call("POST", "/process/smooth", json=alice.body(), params={"sigma": 3})
    assert refused(answer, 422, "invalid_request").detail.startswith("sigma is not known here: this call takes no")
    assert api.requests() == []
