"""How a job stands, and its cancellation."""

import json
import time

import pytest

from runtime.contracts.answers import CancelView, JobList, JobView
from runtime.contracts.messages import decode_result
from runtime.contracts.states import HOPS
from tests.runtime.handlers.caller import Caller, refused
from tests.runtime.handlers.deployment import Deployment
from tests.runtime.handlers.messages import result


def view(caller: Caller, job_id: str) -> JobView:
    answer = caller.call("GET", f"/jobs/{job_id}")
    assert answer.status_code == 200, answer.text
    return JobView.model_validate(answer.json())


def test_an_open_job_tells_state_and_progress(api: Deployment, alice: Caller) -> None:
    job_id = alice.process()
    api.requests()
    job = view(alice, job_id)
    assert (job.state, job.progress, job.attempts, job.result) == ("queued", 0, 0, None)
    assert list(job.hops) == ["accepted", "queued"]
    api.change(f"job#{job_id}", state="running", attempts=1, t_started=5)
    dynamodb = api.cloud.boto3_client("dynamodb")
    dynamodb.update_item(
        TableName=api.name,
        Key={"pk": {"S": f"job#{job_id}"}},
        UpdateExpression="SET progress = :p",
        ExpressionAttributeValues={":p": {"N": "0.25"}},
    )
    job = view(alice, job_id)
    assert (job.state, job.progress, job.attempts, job.hops["started"]) == ("running", 0.25, 1, 5)


def test_an_open_job_tells_what_is_expected_of_it(api: Deployment, alice: Caller) -> None:
    waiting, running, ended = (alice.process("grow-region", parameters={"seeds": 2}, pacs=SERIES) for _ in range(3))
    api.requests("grow-region")
    look = {"on_requests": 7, "on_overflow": 0, "held": 1, "tasks": 1}
    api.put(pk="scale#grow-region", at=int(time.time()), expires=2**33, **look)
    api.change(f"job#{running}", state="running", t_started=int(time.time() * 1000))
    alice.call("DELETE", f"/jobs/{ended}")
    expected, deadline = view(alice, waiting).estimate, time.monotonic() + 60
    while expected is None and time.monotonic() < deadline:  # the function knows an earlier look for some seconds
        time.sleep(0.2)
        expected = view(alice, waiting).estimate
    assert expected is not None and expected.place is not None and expected.start is not None
    assert expected.place.most in (7, 8) and expected.end.earliest >= expected.start.earliest
    expected = view(alice, running).estimate
    assert expected is not None and expected.place is None and expected.end.latest is not None
    assert view(alice, ended).estimate is None
    listed = JobList.model_validate(alice.call("GET", "/jobs").json()).jobs
    assert [job.estimate is not None for job in listed] == [False, True, True]
    for job_id in (waiting, running):
        alice.call("DELETE", f"/jobs/{job_id}")


SERIES = {"study_id": "1.2.3", "series_id": "1.2.3.4", "scope": "series"}


def test_an_ended_job_tells_its_result_signed(api: Deployment, alice: Caller) -> None:
    job_id = alice.process()
    ended = result(json.loads(api.requests()[0]["Body"]))
    ended["hops"]["stored"] = 7
    api.change(f"job#{job_id}", state="succeeded", result=json.dumps(ended))
    job = view(alice, job_id)
    assert job.result is not None
    assert "Signature=" in job.result.outputs[0].url
    assert (job.progress, job.hops["stored"]) == (1, 7)
    assert list(job.hops) == [hop for hop in HOPS if hop in job.hops]


@pytest.mark.parametrize("method", ["GET", "DELETE"])
def test_anothers_job_and_no_job_answer_alike(api: Deployment, alice: Caller, bob: Caller, method: str) -> None:
    job_id = alice.process()
    api.requests()
    answers = [bob.call(method, f"/jobs/{each}") for each in (job_id, "0" * 32, "nonsense")]
    problems = {refused(answer, 403, "forbidden").model_dump_json() for answer in answers}
    assert len(problems) == 1
    assert view(alice, job_id).state == "queued"
    refused(api.http.request(method, f"/jobs/{job_id}"), 401, "unauthorized")


@pytest.mark.parametrize("state", ["accepted", "queued"])
def test_a_waiting_job_is_cancelled_at_once_and_its_client_told(api: Deployment, alice: Caller, state: str) -> None:
    job_id = alice.process()
    api.requests()
    api.change(f"job#{job_id}", state=state)
    answer = alice.call("DELETE", f"/jobs/{job_id}")
    assert answer.status_code == 202
    assert CancelView.model_validate(answer.json()).state == "cancelled"
    (message,) = alice.poll(wait=5)
    told = message["result"]
    assert (told["job_id"], told["status"], told["error"]["code"]) == (job_id, "cancelled", "cancelled")
    assert told["distribution"] == "demo-plugin 1.2"
    item = api.item(f"job#{job_id}") or {}
    assert decode_result(item["result"]).status == "cancelled"
    assert "t_published" in item
    assert [each["status"] for each in api.results(job_id)] == ["cancelled"]
    refused(alice.call("DELETE", f"/jobs/{job_id}"), 409, "already_ended")
    alice.acknowledge(message["receipt"])


def test_a_cancellation_that_could_not_be_published_is_repeated(api: Deployment, alice: Caller) -> None:
    job_id = alice.process()
    api.requests()
    job = json.loads((api.item(f"job#{job_id}") or {})["request"])
    api.change(f"job#{job_id}", state="cancelled", result=json.dumps(result(job, "cancelled", 0)))
    assert alice.call("DELETE", f"/jobs/{job_id}").json() == {"job_id": job_id, "state": "cancelled"}
    assert [message["result"]["status"] for message in alice.poll(wait=5)] == ["cancelled"]


def test_a_running_job_is_left_to_its_worker(api: Deployment, alice: Caller) -> None:
    job_id = alice.process()
    api.requests()
    api.change(f"job#{job_id}", state="running")
    for _ in range(2):
        answer = alice.call("DELETE", f"/jobs/{job_id}")
        assert (answer.status_code, answer.json()) == (202, {"job_id": job_id, "state": "running"})
    assert view(alice, job_id).cancel_requested
    assert alice.poll() == []


@pytest.mark.parametrize("state", ["succeeded", "partial", "failed", "timed_out"])
def test_an_ended_job_is_not_cancelled(api: Deployment, alice: Caller, state: str) -> None:
    job_id = alice.process()
    api.requests()
    api.change(f"job#{job_id}", state=state)
    refused(alice.call("DELETE", f"/jobs/{job_id}"), 409, "already_ended")
    assert (api.item(f"job#{job_id}") or {})["state"] == state
    assert alice.poll() == []
