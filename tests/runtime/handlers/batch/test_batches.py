"""Many jobs in one call: accepted as a whole or not at all, looked at, listed and cancelled together."""

import json
from typing import Any

import httpx
import pytest

from runtime.contracts import states
from runtime.contracts.answers import AcceptedBatch, BatchView, JobList
from runtime.contracts.messages import decode_job
from tests.runtime.handlers.caller import Caller, pointers, refused
from tests.runtime.handlers.deployment import Deployment
from tests.runtime.handlers.messages import event


def images(number: int) -> list[dict[str, str]]:
    return [{"study_id": "1.2", "series_id": "1.2.3", "image_id": f"1.2.3.{each}"} for each in range(number)]


def post(caller: Caller, pacs: Any, key: str = "", **changes: Any) -> httpx.Response:
    headers = {"idempotency-key": key} if key else {}
    return caller.call("POST", "/process/smooth", json=caller.body(pacs=pacs, **changes), headers=headers)


def accepted(answer: httpx.Response) -> AcceptedBatch:
    assert answer.status_code == 202, answer.text
    return AcceptedBatch.model_validate(answer.json())


def seen(caller: Caller, batch_id: str) -> BatchView:
    answer = caller.call("GET", f"/batches/{batch_id}")
    assert answer.status_code == 200, answer.text
    return BatchView.model_validate(answer.json())


def test_a_list_of_inputs_becomes_a_batch_of_jobs(api: Deployment, alice: Caller) -> None:
    answer = post(alice, images(30))
    batch = accepted(answer)
    assert (batch.state, len(batch.job_ids)) == ("queued", 30)
    assert answer.headers["location"] == f"../batches/{batch.batch_id}"
    sent = {job.job_id: job for job in (decode_job(each["Body"]) for each in api.requests())}
    assert [sent[job_id].pacs.image_id for job_id in batch.job_ids] == [each["image_id"] for each in images(30)]
    assert {job.parameters["sigma"] for job in sent.values()} == {2}
    view = seen(alice, batch.batch_id)
    assert (view.jobs, view.progress, view.job_ids) == (30, 0, batch.job_ids)
    assert {state: number for state, number in view.states.items() if number} == {"queued": 30}
    item = api.item(f"job#{batch.job_ids[7]}")
    assert item is not None
    assert (item["state"], item["untold_to"], item["batch_id"]) == ("queued", alice.client_id, batch.batch_id)
    assert decode_job(item["request"]) == sent[batch.job_ids[7]]
    assert "untold_to" not in (api.item(f"batch#{batch.batch_id}") or {}), "nothing is left for the sweeper"


@pytest.mark.parametrize(
    ("pacs", "changes", "faults"),
    [
        ([], {}, ["/pacs"]),
        (images(1001), {}, ["/pacs"]),
        ([*images(2), {"study_id": "1"}, 5], {}, ["/pacs/2/image_id", "/pacs/2/series_id", "/pacs/3"]),
        ([*images(1), {"study_id": "../1", "series_id": "1", "image_id": "1"}], {}, ["/pacs/1/study_id"]),
        (images(2), {"parameters": {"sigma": 0}}, ["/parameters/sigma"]),
        (images(2), {"ordering_key": "k"}, ["/ordering_key"]),
    ],
)
def test_one_wrong_input_refuses_all(
    api: Deployment, alice: Caller, pacs: list[Any], changes: dict[str, Any], faults: list[str]
) -> None:
    problem = refused(post(alice, pacs, **changes), 422, "invalid_request")
    assert sorted(str(each) for each in pointers(problem)) == faults
    assert api.requests() == []
    assert alice.call("GET", "/jobs").json()["jobs"] == []


def test_a_scope_that_the_algorithm_does_not_take_refuses_all(api: Deployment, alice: Caller) -> None:
    pacs = [*images(1), {"study_id": "1", "series_id": "2", "scope": "series"}]
    assert pointers(refused(post(alice, pacs), 422, "unsupported_scope")) == ["/pacs/1/scope"]
    assert api.requests() == []


def test_what_each_job_would_hold_has_a_limit_of_its_own(api: Deployment, alice: Caller) -> None:
    refused(post(alice, images(2), parameters={"mode": "a" * 20_000}), 413, "body_too_large")
    refused(alice.call("POST", "/process/smooth", content=b" " * 70_000 + b"{}"), 413, "body_too_large")
    refused(alice.call("POST", "/process/smooth", content=b" " * 600_000), 413, "body_too_large")
    assert api.requests() == []


def test_the_same_key_is_the_same_batch(api: Deployment, alice: Caller) -> None:
    first = accepted(post(alice, images(3), key="once"))
    assert accepted(post(alice, images(3), key="once")) == first
    assert len(api.requests()) == 3
    refused(post(alice, images(2), key="once"), 409, "idempotency_conflict")
    refused(post(alice, images(1)[0], key="once"), 409, "idempotency_conflict")
    assert len(alice.call("GET", "/jobs").json()["jobs"]) == 3


def test_the_limit_of_open_jobs_applies_to_the_whole_batch(api: Deployment, alice: Caller) -> None:
    name = f"{api.name}-three-router"
    api.function("router", name, MAX_OPEN_JOBS="3")

    def ask(number: int) -> dict[str, Any]:
        return api.invoke(name, event("POST", "/x", json.dumps(alice.body(pacs=images(number))), **alice.headers))

    assert ask(2)["statusCode"] == 202
    answer = ask(2)
    assert (answer["statusCode"], json.loads(answer["body"])["code"]) == (429, "too_many_open_jobs")
    never = json.loads(ask(4)["body"])
    assert (never["code"], never["errors"][0]["pointer"]) == ("invalid_request", "/pacs"), "it would never fit"
    assert len(api.requests()) == 2
    assert ask(1)["statusCode"] == 202
    api.requests()


def test_the_jobs_of_a_batch_are_listed_in_the_order_of_its_inputs(api: Deployment, alice: Caller) -> None:
    other = alice.process()
    batch = accepted(post(alice, images(51)))
    api.requests()
    api.change(f"job#{batch.job_ids[50]}", state="failed")
    listed, cursor = list[str](), {}
    while True:
        answer = alice.call("GET", "/jobs", params={"batch": batch.batch_id, **cursor})
        page = JobList.model_validate(answer.json())
        listed += [job.job_id for job in page.jobs]
        assert {job.batch_id for job in page.jobs} == {batch.batch_id}
        if page.cursor is None:
            break
        cursor = {"cursor": page.cursor}
    assert tuple(listed) == batch.job_ids
    failed = alice.call("GET", "/jobs", params={"batch": batch.batch_id, "state": "failed"}).json()["jobs"]
    assert [job["job_id"] for job in failed] == [batch.job_ids[50]]
    assert alice.call("GET", f"/jobs/{other}").json()["batch_id"] is None


def test_a_batch_is_cancelled_as_a_whole(api: Deployment, alice: Caller) -> None:
    batch = accepted(post(alice, images(4)))
    api.requests()
    waiting, running, ended = batch.job_ids[:2], batch.job_ids[2], batch.job_ids[3]
    api.change(f"job#{running}", state="running", progress=0.5, t_started=1)
    api.change(f"job#{ended}", state="succeeded")
    answer = alice.call("DELETE", f"/batches/{batch.batch_id}")
    assert answer.status_code == 202, answer.text
    view = BatchView.model_validate(answer.json())
    assert (view.cancel_requested, view.progress) == (True, 0.875)
    assert {state for state, number in view.states.items() if number} == {"cancelled", "running", "succeeded"}
    assert (api.item(f"job#{running}") or {})["cancel_requested"]
    told = {each["result"]["job_id"]: each["result"]["status"] for each in alice.poll(wait=5)}
    assert told == dict.fromkeys(waiting, "cancelled")
    api.change(f"job#{running}", state="cancelled")
    refused(alice.call("DELETE", f"/batches/{batch.batch_id}"), 409, "already_ended")


@pytest.mark.parametrize("batch_id", ["another's", f"b-{'0' * 32}", "0" * 32, "x"])
def test_a_batch_of_another_client_is_like_none(alice: Caller, bob: Caller, api: Deployment, batch_id: str) -> None:
    if batch_id == "another's":
        batch_id = accepted(post(alice, images(1))).batch_id
        api.requests()
    for call in (
        ("GET", f"/batches/{batch_id}"),
        ("DELETE", f"/batches/{batch_id}"),
        ("GET", f"/jobs?batch={batch_id}"),
    ):
        refused(bob.call(*call), 403, "forbidden")


def test_every_state_is_counted(api: Deployment, alice: Caller) -> None:
    every = (*states.OPEN_STATES, *states.END_STATES)
    batch = accepted(post(alice, images(len(every))))
    api.requests()
    for job_id, state in zip(batch.job_ids, every, strict=True):
        api.change(f"job#{job_id}", state=state)
    assert seen(alice, batch.batch_id).states == dict.fromkeys(every, 1)
