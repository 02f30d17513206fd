import json
import time
import uuid
from collections.abc import Iterator
from typing import Any, NamedTuple

import pytest

from runtime.contracts import items, keys
from runtime.handlers import callbacks
from runtime.handlers.callback import back_off, signature, table
from runtime.local.emulator.emulator import Emulator
from tests.runtime.handlers.callback.receiver import Receiver, receiver, says

SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
DAY_AGO = 24 * 3600 + 1.0
FAILS = says(b"HTTP/1.1 500 Oh\r\n\r\n")


class Site(NamedTuple):
    """The tables and the queue of one test."""

    dynamodb: Any
    sqs: Any
    name: str
    queue: str


@pytest.fixture
def site(cloud: Emulator, monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    made = Site(cloud.boto3_client("dynamodb"), cloud.boto3_client("sqs"), f"callbacks-{uuid.uuid4().hex[:8]}", "")
    for suffix in ("", "-jobs"):
        made.dynamodb.create_table(
            TableName=made.name + suffix,
            KeySchema=[{"AttributeName": "pk", "KeyType": "HASH"}],
            AttributeDefinitions=[{"AttributeName": "pk", "AttributeType": "S"}],
            BillingMode="PAY_PER_REQUEST",
        )
    queue = made.sqs.create_queue(QueueName=made.name, Attributes={"VisibilityTimeout": "120"})["QueueUrl"]
    monkeypatch.setenv("CALLBACKS_TABLE", made.name)
    monkeypatch.setenv("TABLE_NAME", f"{made.name}-jobs")
    monkeypatch.setenv("CALLBACKS_QUEUE_URL", queue)
    monkeypatch.setenv("METRICS_NAMESPACE", "Test")
    clients = {"dynamodb": made.dynamodb, "sqs": made.sqs}
    for module in (callbacks, table, callbacks.store):
        monkeypatch.setattr(module, "boto3_client", clients.__getitem__)
    yield made._replace(queue=queue)


def ended(site: Site, to: Receiver, client: str = "a" * 16, **fields: Any) -> str:
    """Keep a callback, put the end of its job on the queue; return the job's id."""
    job_id = uuid.uuid4().hex
    site.dynamodb.put_item(TableName=f"{site.name}-jobs", Item=items.pack({"pk": keys.job(job_id)}))
    table.keep(job_id, {"url": to.url, "secret": SECRET})
    result = {"job_id": job_id, "client_id": client, "algorithm": "gaussian", "status": "succeeded", "error": None}
    envelope = {
        "Message": json.dumps({**result, "pacs": {"study_id": "1.2.3"}, **fields}),
        "MessageAttributes": {"callback_id": {"Type": "String", "Value": job_id}},
    }
    site.sqs.send_message(QueueUrl=site.queue, MessageBody=json.dumps(envelope))
    return job_id


def deliver(site: Site, age: float = 0) -> tuple[int, list[str]]:
    """Do with the queue's messages what Lambda does; return how many there were, and those given back."""
    messages = site.sqs.receive_message(QueueUrl=site.queue, MaxNumberOfMessages=10).get("Messages", [])
    sent = str(int((time.time() - age) * 1000))
    records = [
        {
            "messageId": each["MessageId"],
            "receiptHandle": each["ReceiptHandle"],
            "body": each["Body"],
            "attributes": {"SentTimestamp": sent},
        }
        for each in messages
    ]
    answer = callbacks.handler({"Records": records}, None)
    back = [each["itemIdentifier"] for each in answer["batchItemFailures"]]
    for each in records:
        if each["messageId"] not in back:
            site.sqs.delete_message(QueueUrl=site.queue, ReceiptHandle=each["receiptHandle"])
    return len(records), back


def state(site: Site, job_id: str) -> Any:
    key = items.pack({"pk": keys.job(job_id)})
    item = site.dynamodb.get_item(TableName=f"{site.name}-jobs", Key=key)["Item"]
    return items.unpack(item).get("callback_state")


@pytest.fixture
def allow(monkeypatch: pytest.MonkeyPatch) -> Any:
    return lambda *to: monkeypatch.setenv("CALLBACK_HOSTS", ",".join(each.authority for each in to))


def test_a_job_that_ended_is_told_signed_and_without_what_is_about_a_patient(
    site: Site, allow: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    with receiver() as to:
        allow(to)
        job_id = ended(site, to)
        assert deliver(site) == (1, [])
    [(headers, body)] = to.calls
    told = json.loads(body)
    assert told["type"] == "job.ended"
    assert told["data"] == {
        "job_id": job_id,
        "client_id": "a" * 16,
        "algorithm": "gaussian",
        "state": "succeeded",
        "error": None,
    }
    expected = signature.headers(SECRET, job_id, int(headers["webhook-timestamp"]), body)
    assert headers["webhook-signature"] == expected["webhook-signature"]
    assert headers["webhook-id"] == job_id
    assert state(site, job_id) == "delivered"
    assert table.find(job_id) is None  # the secret is forgotten
    logged = capsys.readouterr().out
    assert SECRET not in logged and to.url not in logged and '"callback": "delivered"' in logged


def test_a_failure_comes_back_later_and_leaves_the_host_alone(site: Site, allow: Any) -> None:
    with receiver(FAILS) as to:
        allow(to)
        first = ended(site, to)
        assert len(deliver(site)[1]) == 1
        assert deliver(site) == (0, [])  # hidden until the next try
        ended(site, to)
        ended(site, to)
        assert len(deliver(site)[1]) == 2
    assert len(to.calls) == table.TURNS  # the third asked for a turn and got none
    assert state(site, first) is None and table.find(first) is not None


def test_a_host_that_fails_takes_no_turn_of_another_client(site: Site, allow: Any) -> None:
    with receiver(FAILS) as bad, receiver() as good:
        allow(bad, good)
        for _ in range(table.TURNS + 2):
            ended(site, bad)
        deliver(site)
        told = ended(site, good, client="b" * 16)
        assert deliver(site) == (1, [])
    assert state(site, told) == "delivered"


def test_after_a_day_a_callback_is_dead_and_counted(site: Site, allow: Any, capsys: pytest.CaptureFixture[str]) -> None:
    with receiver(FAILS) as to:
        allow(to)
        job_id = ended(site, to)
        assert deliver(site, DAY_AGO) == (1, [])
    assert state(site, job_id) == "dead"
    assert table.find(job_id) is None
    assert '"DeadCallbacks": 1' in capsys.readouterr().out


def test_a_host_that_is_allowed_no_more_is_not_called(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CALLBACK_HOSTS", "")
    with receiver() as to:
        ended(site, to)
        assert len(deliver(site)[1]) == 1
    assert not to.calls


def test_a_function_that_dies_after_it_sent_sends_again_under_the_same_id(
    site: Site, allow: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def die(*_: object) -> None:
        raise ConnectionError

    with receiver() as to:
        allow(to)
        job_id = ended(site, to)
        with monkeypatch.context() as dying:
            dying.setattr(callbacks, "_end", die)
            [back] = deliver(site)[1]
        assert back
        received = site.sqs.receive_message(QueueUrl=site.queue, VisibilityTimeout=0, WaitTimeSeconds=0)
        assert "Messages" not in received  # it comes after the visibility timeout
        ended_again = json.loads(to.calls[0][1])["data"]["job_id"]
        assert ended_again == job_id and table.find(job_id) is not None
        body = {
            "Message": json.dumps({"job_id": job_id, "client_id": "a" * 16, "algorithm": "g", "status": "succeeded"}),
            "MessageAttributes": {"callback_id": {"Type": "String", "Value": job_id}},
        }
        site.sqs.send_message(QueueUrl=site.queue, MessageBody=json.dumps(body))
        assert deliver(site) == (1, [])
    assert [headers["webhook-id"] for headers, _ in to.calls] == [job_id, job_id]
    assert state(site, job_id) == "delivered"


def test_some_forty_tries_fit_into_a_day() -> None:
    age, tries = 0.0, 0
    while not back_off.is_over(age):
        age, tries = age + back_off.after_failure(age), tries + 1
    assert 30 < tries < 70
