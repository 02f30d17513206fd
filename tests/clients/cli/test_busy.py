"""A busy API is asked again: after what it says, or after longer each time, and never for ever."""

from collections.abc import Callable

import httpx
import pytest

from clients.cli import client
from clients.cli.client import ApiError, Client

CLIENT = {"client_id": "0" * 16, "client_token": "token", "queue_url": "http://queue"}
Answers = list[httpx.Response]


@pytest.fixture
def pauses(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """How long the client waited each time; the test does not."""
    told: list[float] = []
    monkeypatch.setattr(client.time, "sleep", told.append)
    return told


@pytest.fixture
def job(monkeypatch: pytest.MonkeyPatch) -> Callable[[Answers], dict[str, str]]:
    """Ask for a job of an API that gives these answers in turn."""

    def ask(answers: Answers) -> dict[str, str]:
        caller = Client("http://api")
        monkeypatch.setattr(caller, "_http", httpx.Client(base_url="http://api", transport=httpx.MockTransport(play)))
        left.extend(answers)
        return caller.job("1")

    left: Answers = []

    def play(request: httpx.Request) -> httpx.Response:
        return left.pop(0)

    return ask


DONE = {"state": "succeeded"}


def problem(status: int, code: str) -> httpx.Response:
    return httpx.Response(status, json={"code": code, "detail": code}, headers={"Retry-After": "2"})


@pytest.mark.parametrize("status", [429, 500, 503, 504])
def test_the_gateways_own_refusals_are_waited_out_longer_each_time(
    status: int, job: Callable[[Answers], dict[str, str]], pauses: list[float]
) -> None:
    refused = [httpx.Response(status, json={"message": "Service Unavailable"}) for _ in range(3)]
    assert job([*refused, httpx.Response(200, json=DONE)]) == DONE
    assert [low <= pause <= 1.5 * low for low, pause in zip((0.5, 1, 2), pauses, strict=True)] == [True] * 3


def test_what_the_api_asks_for_is_obeyed(job: Callable[[Answers], dict[str, str]], pauses: list[float]) -> None:
    assert job([problem(503, "unavailable"), httpx.Response(200, json=DONE)]) == DONE
    (pause,) = pauses
    assert 2 <= pause <= 3


def test_room_for_a_job_is_waited_for(job: Callable[[Answers], dict[str, str]], pauses: list[float]) -> None:
    assert job([problem(429, "too_many_open_jobs"), httpx.Response(200, json=DONE)]) == DONE
    assert len(pauses) == 1


def test_it_gives_up(job: Callable[[Answers], dict[str, str]], pauses: list[float]) -> None:
    with pytest.raises(ApiError, match="busy"):
        job([httpx.Response(503, json={"message": "busy"}) for _ in range(client.TRIES)])
    assert len(pauses) == client.TRIES - 1


@pytest.mark.parametrize(
    ("status", "code"),
    [(500, "internal_error"), (503, "too_many_clients"), (429, "too_many_own_clients"), (403, "forbidden")],
)
def test_what_a_moment_does_not_change_is_told_at_once(
    status: int, code: str, job: Callable[[Answers], dict[str, str]], pauses: list[float]
) -> None:
    with pytest.raises(ApiError) as refused:
        job([problem(status, code)])
    assert refused.value.code == code
    assert pauses == []
