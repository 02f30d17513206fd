"""A job whose message was dead-lettered ends for its client, exactly once."""

import json
import time
from collections.abc import Iterator
from typing import Any

import pytest

from tests.runtime.handlers.caller import Caller
from tests.runtime.handlers.deployment import Deployment
from tests.runtime.handlers.messages import result


@pytest.fixture(scope="module")
def bury(api: Deployment) -> Iterator[Any]:
    """Put a message on a dead-letter queue that the function consumes."""
    arn = api.function("dead_letters")
    queue = api.queues["dead"]
    sqs, functions = api.cloud.boto3_client("sqs"), api.cloud.boto3_client("lambda")
    queue_arn = sqs.get_queue_attributes(QueueUrl=queue, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]
    mapping = functions.create_event_source_mapping(
        FunctionName=arn, EventSourceArn=queue_arn, FunctionResponseTypes=["ReportBatchItemFailures"]
    )

    def send(body: str) -> None:
        number = str(time.time_ns())
        sqs.send_message(QueueUrl=queue, MessageBody=body, MessageGroupId=number, MessageDeduplicationId=number)

    yield send
    functions.delete_event_source_mapping(UUID=mapping["UUID"])


def wait_state(api: Deployment, job_id: str, name: str = "t_published") -> dict[str, Any]:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        item = api.item(f"job#{job_id}") or {}
        if name in item:
            return item
        time.sleep(0.05)
    raise AssertionError(f"{name} was not written")


def sent(api: Deployment, caller: Caller) -> tuple[str, str]:
    job_id = caller.process()
    (body,) = [message["Body"] for message in api.requests() if job_id in message["Body"]]
    return job_id, body


def test_a_dead_lettered_job_fails_for_its_client(api: Deployment, alice: Caller, bury: Any) -> None:
    job_id, body = sent(api, alice)
    api.change(f"job#{job_id}", state="running", attempts=3)
    bury(body)
    (message,) = alice.poll(wait=10)
    told = message["result"]
    assert (told["job_id"], told["status"], told["attempts"]) == (job_id, "failed", 3)
    assert told["error"]["code"] == "dead_lettered"
    assert told["error"]["retryable"]
    item = wait_state(api, job_id)
    assert (item["state"], item["failed_for"], "untold_to" in item) == ("failed", "dead_lettered", False)
    assert [each["status"] for each in api.results(job_id)] == ["failed"]


def test_a_distribution_that_cannot_be_told_repeats_nothing_for_the_client(api: Deployment, alice: Caller) -> None:
    job_id, body = sent(api, alice)
    name, route = f"{api.name}-no-topic", "route#undeployed"
    gone = api.distribution_topic.replace(api.name, "missing")
    api.put(pk=route, queue_url="", results_queue_url="", distribution_topic_arn=gone, cluster="c", service="s")
    api.change(f"job#{job_id}", algorithm="undeployed")
    api.function("dead_letters", name)
    records = {"Records": [{"messageId": "a", "body": body}]}
    for _ in range(2):
        assert api.invoke(name, records) == {"batchItemFailures": []}
    item = api.item(f"job#{job_id}") or {}
    assert (item["state"], "t_published" in item, "t_distributed" in item) == ("failed", True, False)
    assert "untold_to" in item, "the sweeper tries the other topic"
    api.cloud.boto3_client("dynamodb").delete_item(TableName=api.name, Key={"pk": {"S": route}})
    assert [message["result"]["job_id"] for message in alice.poll(wait=5)] == [job_id]
    assert alice.poll(wait=2) == [], "and told once"


def test_what_the_worker_had_finished_is_told_as_it_was(api: Deployment, alice: Caller, bury: Any) -> None:
    job_id, body = sent(api, alice)
    ended = result(json.loads(body))
    key = f"results/{alice.client_id}/{job_id}/result.json"
    api.cloud.boto3_client("s3").put_object(Bucket=api.name, Key=key, Body=json.dumps(ended))
    bury(body)
    (message,) = alice.poll(wait=10)
    assert (message["result"]["status"], len(message["result"]["outputs"])) == ("succeeded", 1)
    item = wait_state(api, job_id)
    assert (item["state"], "failed_for" in item) == ("succeeded", False)


def test_an_ended_job_is_published_if_it_was_not(api: Deployment, alice: Caller, bury: Any) -> None:
    job_id, body = sent(api, alice)
    api.change(f"job#{job_id}", state="timed_out", result=json.dumps(result(json.loads(body), "timed_out", 0)))
    bury(body)
    (message,) = alice.poll(wait=10)
    assert message["result"]["status"] == "timed_out"
    assert wait_state(api, job_id)["state"] == "timed_out"


def test_a_job_that_a_worker_could_not_read_is_told(api: Deployment, alice: Caller, bury: Any) -> None:
    job_id, body = sent(api, alice)
    api.change(f"job#{job_id}", state="failed", error="version 9")
    bury(body)
    (message,) = alice.poll(wait=10)
    assert (message["result"]["status"], message["result"]["error"]["code"]) == ("failed", "bad_message")


def test_a_published_end_is_not_told_twice(api: Deployment, alice: Caller, bury: Any) -> None:
    job_id, body = sent(api, alice)
    other, later = sent(api, alice)
    api.change(f"job#{job_id}", state="succeeded", result=json.dumps(result(json.loads(body))), t_published=1)
    bury(body)
    bury(later)  # the queue is read in order of arrival
    wait_state(api, other)
    assert [message["result"]["job_id"] for message in alice.poll(wait=5)] == [other]


def test_a_job_whose_item_is_gone_is_told_all_the_same(api: Deployment, alice: Caller, bury: Any) -> None:
    job_id, body = sent(api, alice)
    api.cloud.boto3_client("dynamodb").delete_item(TableName=api.name, Key={"pk": {"S": f"job#{job_id}"}})
    bury(body)
    (message,) = alice.poll(wait=10)
    assert message["result"]["error"]["code"] == "dead_lettered"


def test_what_cannot_be_read_is_dropped_and_the_rest_goes_on(api: Deployment, alice: Caller, bury: Any) -> None:
    job_id, body = sent(api, alice)
    records = [
        {"messageId": str(number), "body": each}
        for number, each in enumerate(["{", "[]", '{"job_id": 3}', json.dumps({"job_id": "0" * 32}), body])
    ]
    name = f"{api.name}-dead_letters"
    assert api.invoke(name, {"Records": records}) == {"batchItemFailures": []}
    assert wait_state(api, job_id)["state"] == "failed"


def test_what_fails_now_comes_again(api: Deployment, alice: Caller, bury: Any) -> None:
    job_id, body = sent(api, alice)
    name = f"{api.name}-no-bucket"
    api.function("dead_letters", name, OUTPUT_BUCKET="missing")
    records = [{"messageId": "a", "body": body}, {"messageId": "b", "body": "{"}]
    assert api.invoke(name, {"Records": records}) == {"batchItemFailures": [{"itemIdentifier": "a"}]}
    assert (api.item(f"job#{job_id}") or {})["state"] == "queued"
