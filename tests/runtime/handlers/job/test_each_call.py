"""Whichever call of AWS a handler dies before, or whose answer is lost and which is repeated: a job is sent once."""

import json
import uuid
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from runtime.contracts import keys
from runtime.handlers import boto3_clients, compiled
from runtime.handlers.failure import settle
from runtime.handlers.http.auth import Client
from runtime.handlers.job.request.claim import Claim
from runtime.handlers.job.request.submit import submit
from runtime.handlers.log import Line
from runtime.handlers.table import store
from tests.runtime.handlers.caller import Caller
from tests.runtime.handlers.deployment import Deployment
from tests.runtime.handlers.faults import Died, Faults

KINDS = ("dies", "loses")
MOST = 40  # calls of one request


@pytest.fixture
def faults(api: Deployment, monkeypatch: pytest.MonkeyPatch) -> Iterator[Faults]:
    """Handlers in this process, whose calls may fail."""
    for name, value in {**api.environment, **api.cloud.environment}.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(compiled, "algorithms", dict)  # what the bundle's build generates
    boto3_clients.boto3_client.cache_clear()
    yield Faults()
    boto3_clients.boto3_client.cache_clear()


def at_each_call(faults: Faults, kind: str, make: Callable[[], Callable[[], Any]]) -> Iterator[Any]:
    """Do what `make` returns, anew with a fault at each of its calls, and again if it died; yield each answer."""
    for number in range(MOST):
        act = make()
        faults.begin(**{kind: number})
        try:
            answer = act()
            was_last = faults.calls <= number
        except Died:
            faults.end()
            answer, was_last = act(), False
        faults.end()
        yield answer
        if was_last:
            return
    raise AssertionError("there is no end of calls")


def sent(api: Deployment, caller: Caller) -> list[str]:
    """Return the jobs of a caller that were sent; other tests leave those of others."""
    messages = [json.loads(each["Body"]) for each in api.requests()]
    return [message["job_id"] for message in messages if message["client_id"] == caller.client_id]


def own(caller: Caller) -> Client:
    return Client(caller.client_id, 0, caller.queue, {})


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("key", [None, "scanner"])
def test_a_request_is_sent_once(api: Deployment, faults: Faults, alice: Caller, kind: str, key: str | None) -> None:
    pacs = {"study_id": "1", "series_id": "2", "image_id": "3"}
    body = {"pacs": pacs, "parameters": {}, "outputs": [], "callback": {}, "ordering_key": key}

    def make() -> Callable[[], Any]:
        claim = Claim(uuid.uuid4().hex, "")
        return lambda: submit(own(alice), "smooth", body, claim, Line("router", None))

    for job_id, state in at_each_call(faults, kind, make):
        assert (state, sent(api, alice)) == ("queued", [job_id])
        assert (store.get(keys.job(job_id)) or {})["state"] == "queued"


@pytest.mark.parametrize("kind", KINDS)
def test_a_failed_job_is_retried_once(api: Deployment, faults: Faults, alice: Caller, kind: str) -> None:
    def make() -> Callable[[], Any]:
        job_id = failed(api, alice)
        return lambda: settle.retry(job_id)

    for job_id in at_each_call(faults, kind, make):
        assert sent(api, alice) == [job_id]


@pytest.mark.parametrize("kind", KINDS)
def test_a_failed_job_is_discarded(api: Deployment, faults: Faults, alice: Caller, kind: str) -> None:
    def make() -> Callable[[], Any]:
        job_id = failed(api, alice)
        return lambda: settle.settle_all([job_id], settle.discard)["refused"]

    assert not any(at_each_call(faults, kind, make))


def failed(api: Deployment, caller: Caller) -> str:
    job_id = caller.process()
    api.requests()
    api.change(f"job#{job_id}", state="failed", error="{}", failed_for="out_of_memory", attempts=1)
    return job_id
