"""What an operator does about failed jobs: the list of all clients', retried and discarded, by nobody else."""

import json
import time
import uuid
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from botocore.credentials import Credentials

from runtime.contracts.answers import FailureList, JobView, Settled
from runtime.local.emulator.emulator import ACCOUNT, REGION
from runtime.signature import Signature
from tests.runtime.handlers.caller import Caller, refused
from tests.runtime.handlers.deployment import Deployment

PATH = "/operations/failures"


@pytest.fixture(scope="module")
def operator(api: Deployment) -> Iterator[httpx.Client]:
    """An operator's HTTP client, whose calls are signed."""
    signature = Signature(Credentials(ACCOUNT, "local"), REGION)
    with httpx.Client(base_url=api.http.base_url, auth=signature, timeout=40, trust_env=False) as http:
        yield http


@pytest.fixture(autouse=True)
def no_message_left(api: Deployment) -> Iterator[None]:
    """Leave the queue, which all tests share, as empty as it was."""
    yield
    api.requests()


def fail(api: Deployment, caller: Caller, code: str = "out_of_memory", **request: Any) -> str:
    """Send a job, and end it as a worker does."""
    job_id = caller.process(**request)
    error = json.dumps({"code": code, "message": f"It is {code}.", "retryable": False})
    api.change(f"job#{job_id}", state="failed", error=error, failed_for=code, attempts=1)
    return job_id


def listed(operator: httpx.Client, **query: Any) -> list[str]:
    """Return the ids of all failures that a query selects, page by page."""
    found: list[str] = []
    while True:
        answer = operator.get(PATH, params=query)
        assert answer.status_code == 200, answer.text
        page = FailureList.model_validate(answer.json())
        found += [each.job_id for each in page.failures]
        if page.cursor is None:
            return found
        query["cursor"] = page.cursor


def settle(operator: httpx.Client, action: str, *job_ids: str) -> Settled:
    answer = operator.post(f"{PATH}/{action}", json={"job_ids": job_ids})
    assert answer.status_code == 200, answer.text
    return Settled.model_validate(answer.json())


def test_failures_of_all_clients_are_listed_newest_first(
    api: Deployment, operator: httpx.Client, alice: Caller, bob: Caller
) -> None:
    since = time.time_ns() // 1_000_000
    mine, theirs = fail(api, alice), fail(api, bob, "input_not_found")
    alice.process()  # which has not failed
    assert listed(operator, since=since) == [theirs, mine]
    assert listed(operator, since=since, reason="out_of_memory") == [mine]
    assert listed(operator, since=since, algorithm="grow-region") == []
    page = operator.get(PATH, params={"since": since, "reason": "input_not_found"}).json()
    (failure,) = page["failures"]
    assert (failure["client_id"], failure["error"]["message"]) == (bob.client_id, "It is input_not_found.")
    assert "1.2.3" not in json.dumps(page), "nothing says whose image it was"


def test_pages_hold_every_failure_once_even_of_one_millisecond(api: Deployment, operator: httpx.Client) -> None:
    error = json.dumps({"code": "timed_out", "message": "Late.", "retryable": False})
    at = 1_000_000_000_000  # before any other test's
    wanted = set[str]()
    for number in range(60):
        job_id = uuid.uuid4().hex
        wanted.add(job_id)
        job = {"pk": f"job#{job_id}", "client_id": "c" * 16, "algorithm": "smooth", "state": "timed_out"}
        api.put(**job, t_accepted=at + number // 20, error=error, failed_for=("timed_out", "too_old")[number % 2])
    try:
        found = [each for each in listed(operator) if each in wanted]
        assert len(found) == len(wanted) == 60 and set(found) == wanted
    finally:
        assert len(settle(operator, "discard", *sorted(wanted)[:50]).settled) == 50
        assert len(settle(operator, "discard", *sorted(wanted)[50:]).settled) == 10


def test_a_retried_job_is_a_new_one_of_the_same_client(api: Deployment, operator: httpx.Client, alice: Caller) -> None:
    job_id = fail(api, alice, ordering_key="scanner", parameters={"sigma": 3})
    api.requests()
    (settled,) = settle(operator, "retry", job_id).settled
    (message,) = [json.loads(each["Body"]) for each in api.requests()]
    assert (message["job_id"], message["client_id"]) == (settled.retried_as, alice.client_id)
    assert message["parameters"]["sigma"] == 3
    new = api.item(f"job#{settled.retried_as}") or {}
    assert (new["state"], new["ordering_key"], new["retry_of"]) == ("queued", "scanner", job_id)
    assert job_id not in listed(operator)
    old = JobView.model_validate(alice.call("GET", f"/jobs/{job_id}").json())
    assert (old.state, old.retried_as) == ("failed", settled.retried_as), "its end is final"
    assert JobView.model_validate(alice.call("GET", f"/jobs/{old.retried_as}").json()).retry_of == job_id


def test_a_repeated_retry_is_the_same_job(api: Deployment, operator: httpx.Client, alice: Caller) -> None:
    job_id = fail(api, alice)
    api.requests()
    first = settle(operator, "retry", job_id)
    api.change(f"job#{job_id}", failed_for="out_of_memory")  # as if the first had died before its last step
    api.change(f"job#{job_id}", t_accepted=1)
    assert settle(operator, "retry", job_id, job_id) == first
    assert len(api.requests()) == 1


def test_a_job_that_cannot_be_retried_says_why_and_holds_up_no_other(
    api: Deployment, operator: httpx.Client, alice: Caller, bob: Caller
) -> None:
    gone, good, unknown, running = fail(api, bob), fail(api, alice), "0" * 32, alice.process()
    bob.call("DELETE", "/provision")
    done = settle(operator, "retry", gone, unknown, running, good)
    assert [each.job_id for each in done.settled] == [good]
    assert {each.job_id: each.code for each in done.refused} == {
        gone: "client_removed",
        unknown: "not_a_failure",
        running: "not_a_failure",
    }
    assert gone in listed(operator)


def test_what_is_discarded_is_not_listed_again(api: Deployment, operator: httpx.Client, alice: Caller) -> None:
    job_id = fail(api, alice)
    assert [each.job_id for each in settle(operator, "discard", job_id).settled] == [job_id]
    assert job_id not in listed(operator)
    assert alice.call("GET", f"/jobs/{job_id}").json()["state"] == "failed"
    assert [each.code for each in settle(operator, "retry", job_id).refused] == ["not_a_failure"]


def test_a_repeated_discard_is_no_refusal(api: Deployment, operator: httpx.Client, alice: Caller) -> None:
    job_id = fail(api, alice)
    first = settle(operator, "discard", job_id)  # whose answer may be lost, between any two of the machines
    assert settle(operator, "discard", job_id) == first and not first.refused


def test_every_fault_of_a_call_is_named(operator: httpx.Client) -> None:
    query = {"reason": "bad luck", "algorithm": "?", "since": "yesterday", "cursor": "?"}
    problem = refused(operator.get(PATH, params=query), 422, "invalid_request")
    assert [each.parameter for each in problem.errors] == ["reason", "algorithm", "since", "cursor"]
    for body in ({}, {"job_ids": []}, {"job_ids": ["x"]}, {"job_ids": ["0" * 32] * 51}, []):
        refused(operator.post(f"{PATH}/retry", json=body), 422, "invalid_request")


def test_nobody_else_may_call(api: Deployment, alice: Caller) -> None:
    for method, path in (("GET", PATH), ("POST", f"{PATH}/retry"), ("POST", f"{PATH}/discard")):
        answer = alice.call(method, path)
        assert (answer.status_code, answer.json()) == (403, {"message": "Forbidden"})


def test_the_function_refuses_who_did_not_sign_even_if_a_route_lets_them_pass(api: Deployment) -> None:
    for authorizer in ({}, {"authorizer": {"jwt": {"claims": {"sub": "somebody"}}}}):
        context = {"http": {"method": "GET", "path": PATH, "sourceIp": "127.0.0.1"}, **authorizer}
        event = {"version": "2.0", "rawPath": PATH, "headers": {}, "requestContext": context}
        answer = api.invoke(f"{api.name}-failures", event)
        assert (answer["statusCode"], json.loads(answer["body"])["code"]) == (403, "forbidden")
