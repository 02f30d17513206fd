"""A call finds its endpoint, or a problem says why not."""

from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from starlette.testclient import TestClient

from runtime.errors import PermanentError, TransientError
from runtime.pacs.http.calls import Calls
from runtime.pacs.http.problems import PacsProblem


async def echo(request: Request) -> Response:
    return PlainTextResponse(request.path_params.get("name", request.method))


def failing(error: Exception) -> Any:
    async def endpoint(_: Request) -> Response:
        raise error

    return endpoint


def called(method: str, path: str, *more: Route) -> Any:
    """Return the answer of a few routes."""
    routes = [Route("/things", echo), Route("/things", echo, methods=["POST"]), Route("/things/{name}", echo), *more]
    return TestClient(Calls(routes, Starlette())).request(method, path, follow_redirects=False)


@pytest.mark.parametrize(
    ("method", "path", "said"),
    [("GET", "/things", "GET"), ("HEAD", "/things", ""), ("POST", "/things", "POST"), ("GET", "/things/a%20b", "a b")],
)
def test_a_call_is_answered_by_the_endpoint_of_its_address(method: str, path: str, said: str) -> None:
    answer = called(method, path)
    assert (answer.status_code, answer.text) == (200, said)


def test_an_address_says_all_methods_that_it_takes() -> None:
    answer = called("DELETE", "/things")
    assert (answer.status_code, answer.headers["allow"]) == (405, "GET, HEAD, POST")
    assert answer.json()["code"] == "bad_request"


@pytest.mark.parametrize("path", ["/", "/other", "/things/", "/things/a/b"])
def test_an_address_that_is_none_is_not_found_and_leads_nowhere_else(path: str) -> None:
    answer = called("GET", path)
    assert (answer.status_code, answer.json()["code"]) == (404, "not_found")


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (PacsProblem("not_acceptable", "No."), 406),
        (PermanentError("input_not_found", "None."), 404),
        (TransientError("busy"), 503),
    ],
)
def test_an_error_that_ends_a_call_is_a_problem(error: Exception, status: int) -> None:
    answer = called("GET", "/fails", Route("/fails", failing(error)))
    assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json")


def test_a_bug_is_left_to_the_access_log() -> None:
    with pytest.raises(LookupError):
        called("GET", "/fails", Route("/fails", failing(LookupError())))
