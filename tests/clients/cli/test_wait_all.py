"""`wait_all` yields each job's result once, whichever way it comes."""

from collections.abc import Callable
from typing import Any

import httpx
import pytest

from clients.cli.client import Client

CLIENT = {"client_id": "0" * 16, "client_token": "token", "queue_url": "http://queue"}


class Api:
    """Answers polls with these results in turn, then with none; notes what was acknowledged."""

    def __init__(self, polls: list[list[str]], ended: tuple[str, ...] = (), stale: tuple[str, ...] = ()) -> None:
        self.polls, self.ended, self.stale = list(polls), ended, stale
        self.acknowledged: list[str] = []

    def __call__(self, request: httpx.Request) -> httpx.Response:
        if request.method == "DELETE":
            receipt = request.url.params["receipt"]
            if receipt in self.stale:
                return httpx.Response(409, json={"code": "stale_receipt", "detail": "too late"})
            self.acknowledged.append(receipt)
            return httpx.Response(204)
        if request.url.path == "/proxy-sqs":
            names = self.polls.pop(0) if self.polls else []
            return httpx.Response(200, json={"messages": [{"receipt": f"r-{n}", "result": result(n)} for n in names]})
        job_id = request.url.path.rsplit("/", 1)[-1]
        return httpx.Response(200, json={"job_id": job_id, "result": result(job_id) if job_id in self.ended else None})


def result(job_id: str) -> dict[str, Any]:
    return {"job_id": job_id, "status": "succeeded"}


@pytest.fixture
def client(monkeypatch: pytest.MonkeyPatch) -> Callable[[Api], Client]:
    """A known client of an API."""

    def make(api: Api) -> Client:
        made = Client("http://api", known=CLIENT)
        monkeypatch.setattr(made, "_http", httpx.Client(base_url="http://api", transport=httpx.MockTransport(api)))
        return made

    return make


def ids(results: Any) -> list[str]:
    return [each["job_id"] for each in results]


def test_results_come_as_jobs_end_and_are_acknowledged(client: Callable[[Api], Client]) -> None:
    api = Api([["b"], ["other"], ["c", "a"]])
    assert ids(client(api).wait_all(["a", "b", "c"])) == ["b", "c", "a"]
    assert api.acknowledged == ["r-b", "r-c", "r-a"]


def test_a_result_is_acknowledged_after_the_caller_has_taken_it(client: Callable[[Api], Client]) -> None:
    api = Api([["a"], ["b"]])
    results = client(api).wait_all(["a", "b"])
    next(results)
    assert api.acknowledged == []
    next(results)
    assert api.acknowledged == ["r-a"]


def test_a_result_that_is_delivered_twice_is_yielded_once(client: Callable[[Api], Client]) -> None:
    api = Api([["a"], ["a", "b"]], stale=("r-b",))
    assert ids(client(api).wait_all(["a", "b"])) == ["a", "b"]
    assert api.acknowledged == ["r-a", "r-a"]


def test_a_result_that_another_process_took_is_read_from_its_job(client: Callable[[Api], Client]) -> None:
    assert ids(client(Api([[]], ended=("a",))).wait_all(["a"])) == ["a"]


def test_it_gives_up_after_the_timeout(client: Callable[[Api], Client]) -> None:
    with pytest.raises(TimeoutError, match="1 jobs have no result"):
        list(client(Api([["a"]])).wait_all(["a", "b"], timeout=0.05))


def test_a_poll_may_take_longer_than_other_calls(monkeypatch: pytest.MonkeyPatch) -> None:
    given: list[float] = []

    def answer(request: httpx.Request) -> httpx.Response:
        given.append(request.extensions["timeout"]["read"])
        return httpx.Response(200, json={"messages": [{"receipt": "r", "result": result("a")}]})

    made = Client("http://api", timeout=5, known=CLIENT)
    transport = httpx.MockTransport(answer)
    monkeypatch.setattr(made, "_http", httpx.Client(base_url="http://api", timeout=5, transport=transport))
    next(made.wait_all(["a"]))
    made.acknowledge({"receipt": "r"})
    assert given == [25.0, 5.0]


def test_a_known_client_is_neither_made_nor_removed(client: Callable[[Api], Client]) -> None:
    api = Api([])
    with client(api) as known:
        assert (known.client_id, known.token) == (CLIENT["client_id"], CLIENT["client_token"])
    assert api.acknowledged == []
