"""A client polls and acknowledges its own results, and nobody else's."""

import json
import time
import uuid
from types import SimpleNamespace
from typing import Any

import httpx
import pytest
from botocore.exceptions import ClientError

from runtime.contracts.answers import Deliveries
from runtime.handlers import proxy
from runtime.handlers.http.auth import Client
from runtime.handlers.job.result import receipts
from runtime.handlers.log import Line
from tests.runtime.handlers.caller import Caller, refused
from tests.runtime.handlers.deployment import Deployment
from tests.runtime.handlers.job.result.test_deliveries import message
from tests.runtime.handlers.messages import result


def finished(api: Deployment, caller: Caller, outputs: int = 1) -> str:
    """Send a job and play its worker; return the job's id."""
    job_id = caller.process()
    sent = [json.loads(message["Body"]) for message in api.requests()]
    (job,) = [each for each in sent if each["job_id"] == job_id]  # the queue may hold another test's
    shard = int((api.item(f"client#{caller.client_id}") or {})["shard"])
    assert job["shard"] == shard
    ended = result(job, outputs=outputs)
    api.change(f"job#{job_id}", state="succeeded", result=json.dumps(ended), t_published=1)
    api.publish(ended, shard)
    return job_id


def test_a_result_is_delivered_signed_until_it_is_acknowledged(api: Deployment, alice: Caller) -> None:
    job_id = finished(api, alice)
    key = f"results/{alice.client_id}/{job_id}/preview-0000.png"
    api.cloud.boto3_client("s3").put_object(Bucket=api.name, Key=key, Body=b"png")
    answer = alice.call("GET", "/proxy-sqs", params={"queue": alice.queue, "wait": 5})
    (delivery,) = Deliveries.model_validate(answer.json()).messages
    assert delivery.result.job_id == job_id
    assert httpx.get(delivery.result.outputs[0].url, trust_env=False).content == b"png"
    delivered = int((api.item(f"job#{job_id}") or {})["t_delivered"])
    # Nobody acknowledged it: the same result comes again once its lease ends.
    sqs = api.cloud.boto3_client("sqs")
    attributes = sqs.get_queue_attributes(QueueUrl=alice.queue, AttributeNames=["All"])["Attributes"]
    assert attributes["ApproximateNumberOfMessagesNotVisible"] == "1"
    assert alice.acknowledge(delivery.receipt).status_code == 204
    attributes = sqs.get_queue_attributes(QueueUrl=alice.queue, AttributeNames=["All"])["Attributes"]
    assert attributes["ApproximateNumberOfMessagesNotVisible"] == "0"
    item = api.item(f"job#{job_id}") or {}
    assert int(item["t_acknowledged"]) >= delivered == int(item["t_delivered"])
    assert alice.acknowledge(delivery.receipt).status_code == 204  # a lost answer may be asked for again


def test_a_poll_waits_for_the_first_result(api: Deployment, alice: Caller) -> None:
    start = time.monotonic()
    assert alice.poll(wait=1) == []
    assert time.monotonic() - start >= 0.9
    start = time.monotonic()
    assert alice.poll(wait=0) == []
    assert time.monotonic() - start < 0.9


def test_an_answer_stays_within_what_a_function_may_answer(api: Deployment, alice: Caller) -> None:
    job_ids = [finished(api, alice, outputs=500) for _ in range(4)]
    first = alice.poll(wait=5)
    assert 0 < len(first) < 4
    assert all(len({output["url"] for output in message["result"]["outputs"]}) == 500 for message in first)
    rest = alice.poll()  # what did not fit was released at once
    assert sorted(message["result"]["job_id"] for message in first + rest) == sorted(job_ids)


def test_results_reach_their_own_client_only(api: Deployment, alice: Caller, bob: Caller) -> None:
    job_id = finished(api, alice)
    assert bob.poll(wait=1) == []
    (message,) = alice.poll(wait=5)
    assert message["result"]["job_id"] == job_id


def test_another_clients_queue_and_receipts_are_forbidden(api: Deployment, alice: Caller, bob: Caller) -> None:
    finished(api, alice)
    (message,) = alice.poll(wait=5)
    receipt = message["receipt"]
    there = refused(bob.call("GET", "/proxy-sqs", params={"queue": alice.queue}), 403, "forbidden")
    nowhere = refused(bob.call("GET", "/proxy-sqs", params={"queue": alice.queue + "x"}), 403, "forbidden")
    assert there == nowhere  # no hint whether it exists
    refused(bob.acknowledge(receipt), 403, "forbidden")
    refused(bob.acknowledge(receipt, alice.queue), 403, "forbidden")
    refused(bob.acknowledge("nonsense"), 403, "forbidden")
    # Relabelled as bob's, the handle is still not one of bob's queue.
    refused(bob.acknowledge(receipt.replace(alice.client_id, bob.client_id)), 409, "stale_receipt")
    assert "t_acknowledged" not in (api.item(f"job#{message['result']['job_id']}") or {})
    assert alice.acknowledge(receipt).status_code == 204
    # no hint that hers is acknowledged
    refused(bob.acknowledge(receipt.replace(alice.client_id, bob.client_id)), 409, "stale_receipt")


@pytest.mark.parametrize("wait", ["21", "-1", "1.5", "soon", "١"])
def test_a_wait_out_of_range_is_refused(alice: Caller, wait: str) -> None:
    answer = alice.call("GET", "/proxy-sqs", params={"queue": alice.queue, "wait": wait})
    problem = refused(answer, 422, "invalid_request")
    assert [error.parameter for error in problem.errors] == ["wait"]


def test_missing_parameters_are_told_at_once(alice: Caller) -> None:
    problem = refused(alice.call("DELETE", "/proxy-sqs"), 422, "invalid_request")
    assert [error.parameter for error in problem.errors] == ["queue", "receipt"]


def test_a_queue_that_is_gone_is_forbidden(api: Deployment) -> None:
    caller = api.client()
    api.cloud.boto3_client("sqs").delete_queue(QueueUrl=caller.queue)
    refused(caller.call("GET", "/proxy-sqs", params={"queue": caller.queue, "wait": 0}), 403, "forbidden")
    assert caller.call("DELETE", "/provision").status_code == 204


def test_last_seen_moves_at_most_once_a_minute(api: Deployment, alice: Caller) -> None:
    record = f"client#{alice.client_id}"
    seen = (api.item(record) or {})["last_seen"]
    alice.poll()
    assert (api.item(record) or {})["last_seen"] == seen
    api.change(record, last_seen=int(seen) - 61_000)
    alice.poll()
    assert int((api.item(record) or {})["last_seen"]) >= int(seen)


def send(api: Deployment, caller: Caller, body: str) -> None:
    """Put a message into the client's queue, past the topic."""
    unique = uuid.uuid4().hex
    api.cloud.boto3_client("sqs").send_message(
        QueueUrl=caller.queue, MessageBody=body, MessageGroupId=unique, MessageDeduplicationId=unique
    )


def left(api: Deployment, caller: Caller) -> int:
    names = ("ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible")
    found = api.cloud.boto3_client("sqs").get_queue_attributes(QueueUrl=caller.queue, AttributeNames=["All"])[
        "Attributes"
    ]
    return sum(int(found[name]) for name in names)


def test_unreadable_messages_do_not_hide_the_others(api: Deployment, alice: Caller, bob: Caller) -> None:
    job_id = bob.process()
    (job,) = [each for each in (json.loads(one["Body"]) for one in api.requests()) if each["job_id"] == job_id]
    for body in ("{}", "no json", "[" * 5000, "null", json.dumps(result(job))):  # the last is bob's
        send(api, alice, body)
    readable = finished(api, alice)
    (message,) = alice.poll(wait=5)
    assert message["result"]["job_id"] == readable
    assert alice.acknowledge(message["receipt"]).status_code == 204
    assert left(api, alice) == 0


def test_a_message_of_a_later_version_stays(api: Deployment, alice: Caller) -> None:
    send(api, alice, json.dumps({"version": 2}))
    assert alice.poll(wait=1) == []
    assert left(api, alice) == 1


def test_several_results_are_acknowledged_in_one_call(api: Deployment, alice: Caller) -> None:
    job_ids = {finished(api, alice) for _ in range(3)}
    messages: list[dict[str, Any]] = []
    while len(messages) < 3:
        messages += alice.poll(wait=5)
    given = [message["receipt"] for message in messages]
    assert alice.acknowledge(",".join(given)).status_code == 204
    assert left(api, alice) == 0
    assert all("t_acknowledged" in (api.item(f"job#{job_id}") or {}) for job_id in job_ids)


def test_receipts_of_one_call_are_all_the_callers_or_none_is_taken(api: Deployment, alice: Caller, bob: Caller) -> None:
    for caller in (alice, bob):
        finished(api, caller)
    (hers,), (his,) = alice.poll(wait=5), bob.poll(wait=5)
    refused(alice.acknowledge(f"{hers['receipt']},{his['receipt']}"), 403, "forbidden")
    refused(alice.acknowledge(f"{hers['receipt']},"), 403, "forbidden")
    refused(alice.acknowledge(",".join([hers["receipt"]] * 11)), 422, "invalid_request")
    assert left(api, alice) == left(api, bob) == 1


def test_an_expired_receipt_does_not_keep_the_others(api: Deployment, alice: Caller) -> None:
    finished(api, alice)
    (message,) = alice.poll(wait=5)
    stale = receipts.write(alice.client_id, "0" * 32, "no handle of this queue")
    problem = refused(alice.acknowledge(f"{stale},{message['receipt']}"), 409, "stale_receipt")
    assert problem.detail.startswith("1 of 2 receipts")
    assert left(api, alice) == 0


def test_results_are_handed_out_even_if_the_table_does_not_take_the_time(monkeypatch: pytest.MonkeyPatch) -> None:
    def throttled(*_: Any, **__: Any) -> bool:
        raise ClientError({"Error": {"Code": "ThrottlingException"}}, "UpdateItem")

    told = message()
    waiting = {"Messages": [{"Body": json.dumps(told), "ReceiptHandle": "h", "MessageId": "m"}]}
    sqs = SimpleNamespace(receive_message=lambda **_: waiting)
    monkeypatch.setattr(proxy, "boto3_client", lambda _: sqs)
    monkeypatch.setattr(proxy.store, "change", throttled)
    caller = Client(told["client_id"], 0, "queue", {})
    answers, job_ids = proxy.poll(caller, 0, Line("proxy", None))
    assert ([json.loads(each)["result"]["job_id"] for each in answers], job_ids) == ([told["job_id"]], [told["job_id"]])


def test_what_is_removed_is_acknowledged_even_if_the_table_does_not_take_the_time(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def throttled(*_: Any, **__: Any) -> bool:
        raise ClientError({"Error": {"Code": "ThrottlingException"}}, "UpdateItem")

    monkeypatch.setattr(proxy, "boto3_client", lambda _: SimpleNamespace(delete_message=lambda **_: None))
    monkeypatch.setattr(proxy.store, "change", throttled)
    job_id = "0" * 32
    receipt = receipts.read("0" * 16, receipts.write("0" * 16, job_id, "h"))
    assert proxy.acknowledge(Client("0" * 16, 0, "queue", {}), receipt) == [job_id]
