"""Every job ends and every end is told, whatever died on the way."""

import json
import time
from typing import Any

import pytest

from tests.runtime.handlers.caller import Caller
from tests.runtime.handlers.deployment import Deployment
from tests.runtime.handlers.messages import result

OLD = 10 * 60_000


def now() -> int:
    return time.time_ns() // 1_000_000


def age(api: Deployment, job_id: str, by: int = OLD, **values: Any) -> None:
    api.change(f"job#{job_id}", t_accepted=now() - by, **values)


def item(api: Deployment, job_id: str) -> dict[str, Any]:
    found = api.item(f"job#{job_id}")
    assert found
    return found


def message(api: Deployment, job_id: str) -> dict[str, Any]:
    (found,) = [each for each in api.requests() if job_id in each["Body"]]
    return found


def test_what_goes_its_way_is_left_alone(api: Deployment, alice: Caller, sweep: Any) -> None:
    young, waiting, running, told = (alice.process() for _ in range(4))
    api.requests()
    api.change(f"job#{young}", state="accepted")
    age(api, waiting)
    age(api, running, state="running")
    alice.call("DELETE", f"/jobs/{told}")
    before = [item(api, each) for each in (young, waiting, running, told)]
    assert sweep() == {}
    assert [item(api, each) for each in (young, waiting, running, told)] == before
    assert api.requests() == []


@pytest.mark.parametrize("key", [None, "patient-7"])
def test_a_job_that_was_never_sent_is_sent_again(api: Deployment, alice: Caller, sweep: Any, key: str | None) -> None:
    job_id = alice.process(ordering_key=key)
    first = message(api, job_id)
    age(api, job_id, state="accepted")
    assert sweep() == {"resent": 1}
    assert item(api, job_id)["state"] == "queued"
    assert sweep() == {}
    sent = [each for each in api.requests() if job_id in each["Body"]]
    assert sent == [], "the emulator drops what it saw within five minutes, as SQS does"
    assert first["Attributes"]["MessageGroupId"] == (f"{alice.client_id}:{key}" if key else job_id)


def test_a_message_that_was_lost_is_there_again(api: Deployment, alice: Caller, sweep: Any) -> None:
    job_id = f"{7:032x}"
    body = {"job_id": job_id, "client_id": alice.client_id}
    api.put(
        pk=f"job#{job_id}",
        state="accepted",
        client_id=alice.client_id,
        untold_to=alice.client_id,
        algorithm="smooth",
        shard=0,
        ordering_key="k",
        request=json.dumps(body),
        t_accepted=now() - OLD,
    )
    assert sweep() == {"resent": 1}
    found = message(api, job_id)
    assert json.loads(found["Body"]) == body
    assert found["Attributes"]["MessageGroupId"] == f"{alice.client_id}:k"
    assert found["Attributes"]["MessageDeduplicationId"] == job_id


def test_a_job_without_a_service_waits_for_it(api: Deployment, alice: Caller, sweep: Any) -> None:
    job_id = alice.process()
    api.requests()
    age(api, job_id, state="accepted", algorithm="undeployed")
    assert sweep() == {}
    assert item(api, job_id)["state"] == "accepted"


def test_the_other_topic_is_told_of_an_end_that_its_client_knows(api: Deployment, alice: Caller, sweep: Any) -> None:
    job_id = alice.process()
    ended = result(json.loads(message(api, job_id)["Body"]))
    since = now() - OLD
    age(api, job_id, state="succeeded", result=json.dumps(ended), t_published=1, untold_since=since)
    assert sweep() == {"published": 1}
    assert alice.poll(wait=2) == [], "the client is not told again"
    found = item(api, job_id)
    assert ("t_distributed" in found, "untold_to" in found) == (True, False)


def test_an_end_that_was_not_told_is_told_after_a_while(api: Deployment, alice: Caller, sweep: Any) -> None:
    job_id = alice.process()
    ended = result(json.loads(message(api, job_id)["Body"]))
    age(api, job_id, state="succeeded", result=json.dumps(ended))
    assert sweep() == {}, "whoever ended it may be about to tell"
    assert alice.poll() == []
    api.change(f"job#{job_id}", untold_since=now() - OLD)
    assert sweep() == {"published": 1}
    assert [each["result"]["job_id"] for each in alice.poll(wait=5)] == [job_id]
    found = item(api, job_id)
    assert ("t_published" in found, "untold_to" in found) == (True, False)
    assert sweep() == {}


@pytest.mark.parametrize("state", ["accepted", "queued", "running"])
def test_a_job_that_is_too_old_ends(api: Deployment, alice: Caller, sweep: Any, state: str) -> None:
    job_id = alice.process()
    api.requests()
    age(api, job_id, 86_400_001, state=state)
    assert sweep() == {"timed_out": 1}
    (told,) = [each["result"] for each in alice.poll(wait=5)]
    assert (told["job_id"], told["status"], told["error"]["code"]) == (job_id, "timed_out", "too_old")
    assert "24 hours" in told["error"]["message"]
    assert [each["status"] for each in api.results(job_id)] == ["timed_out"]
    assert sweep() == {}


def test_what_a_worker_had_stored_is_the_end_of_an_old_job(api: Deployment, alice: Caller, sweep: Any) -> None:
    job_id = alice.process()
    ended = result(json.loads(message(api, job_id)["Body"]))
    key = f"results/{alice.client_id}/{job_id}/result.json"
    api.cloud.boto3_client("s3").put_object(Bucket=api.name, Key=key, Body=json.dumps(ended))
    age(api, job_id, 86_400_001, state="running")
    assert sweep() == {"recovered": 1}
    assert [each["result"]["status"] for each in alice.poll(wait=5)] == ["succeeded"]


def test_an_end_whose_telling_failed_is_told_another_time(api: Deployment, alice: Caller, sweep: Any) -> None:
    job_id = alice.process()
    api.requests()
    age(api, job_id, 86_400_001)
    name = f"{api.name}-sweeper-no-topic"
    api.function("sweeper", name, METRICS_NAMESPACE="n", RESULTS_TOPIC_PREFIX=f"{api.topics[0][:-8]}x")
    assert "1 jobs" in api.invoke(name, {})["errorMessage"]
    assert (item(api, job_id)["state"], "t_published" in item(api, job_id)) == ("timed_out", False)
    api.change(f"job#{job_id}", untold_since=now() - OLD)
    assert sweep() == {"published": 1}
    assert [each["result"]["status"] for each in alice.poll(wait=5)] == ["timed_out"]


def test_one_job_that_cannot_be_read_holds_up_no_other(api: Deployment, alice: Caller, sweep: Any) -> None:
    broken, good = alice.process(), alice.process()
    api.requests()
    age(api, broken, 86_400_002, request="{")
    age(api, good, 86_400_001)
    answer = api.invoke(f"{api.name}-sweeper", {})
    assert broken in answer["errorMessage"]
    assert item(api, good)["state"] == "timed_out"
    api.cloud.boto3_client("dynamodb").delete_item(TableName=api.name, Key={"pk": {"S": f"job#{broken}"}})


def test_it_goes_on_behind_those_it_had_time_for(
    api: Deployment, alice: Caller, monkeypatch: pytest.MonkeyPatch
) -> None:
    from runtime.handlers import boto3_clients, sweeper
    from runtime.handlers.table import indexes, many

    cloud = api.cloud.boto3_client
    for module in (indexes, many, sweeper):
        monkeypatch.setattr(module, "boto3_client", cloud)
    monkeypatch.setattr("runtime.handlers.table.store.boto3_client", cloud)
    monkeypatch.setattr(sweeper, "PAGE", 1)
    monkeypatch.setattr(boto3_clients, "boto3_client", cloud)
    for name, value in api.environment.items():
        monkeypatch.setenv(name, value)
    for _ in range(2):
        alice.process()
    api.requests()
    looks = list[int]()
    finished = False
    while not finished:
        assert len(looks) < 1000  # what other tests left is in the table, too
        look = sweeper.Sweep(NoTime())
        look.run()
        looks.append(look.seen)
        finished = look.finished
    assert set(looks[:-1]) == {1} and len(looks) >= 2
    assert api.item("sweep") is None


class NoTime:
    """A function's context that is at its end."""

    def get_remaining_time_in_millis(self) -> int:
        return 0


def test_a_client_that_has_left_is_removed_with_its_open_jobs(api: Deployment, alice: Caller, sweep: Any) -> None:
    short = api.caller(api.http.post("/provision", json={"idle_seconds": 3600}).json())
    usual = api.client()
    jobs = [short.process(), usual.process(), alice.process()]
    api.requests()
    for caller in (short, usual):
        api.change(f"client#{caller.client_id}", last_seen=now() - 2 * 3600 * 1000)
    sweep({"reap": True})
    assert [item(api, each)["state"] for each in jobs] == ["cancelled", "queued", "queued"]
    assert short.call("GET", "/jobs").status_code == 401
    assert usual.call("DELETE", "/provision").status_code == 204
    sweep({"reap": True})
    alice.call("DELETE", f"/jobs/{jobs[2]}")
    api.requests()  # of what the sweeper sent again
