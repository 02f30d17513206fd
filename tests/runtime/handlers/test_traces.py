"""Ended jobs and single spans from the queue of traces reach the collector, whatever the collector does."""

import json
import time
import uuid
from typing import Any

import pytest

from runtime.contracts import items, keys, traceparent
from runtime.handlers import traces
from runtime.handlers.log import Line
from runtime.handlers.trace import collector as sending
from runtime.handlers.trace import delivery, queue
from runtime.local.emulator.emulator import Emulator
from tests.runtime.handlers.trace.receiver import Collector, collector

CALLER = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"
HOPS = {"accepted": 1000, "queued": 1010, "started": 1500, "fetched": 1700, "computed": 2700, "stored": 2800}
PARTS = {"accept", "wait", "fetch", "compute", "commit", "publish"}
QUARTER = 15 * 60 + 1.0


class Site:
    """The jobs table and the queue of traces of one test."""

    def __init__(self, cloud: Emulator) -> None:
        self.dynamodb, self.sqs = cloud.boto3_client("dynamodb"), cloud.boto3_client("sqs")
        self.name = f"traces-{uuid.uuid4().hex[:8]}"
        self.dynamodb.create_table(
            TableName=self.name,
            KeySchema=[{"AttributeName": "pk", "KeyType": "HASH"}],
            AttributeDefinitions=[{"AttributeName": "pk", "AttributeType": "S"}],
            BillingMode="PAY_PER_REQUEST",
        )
        self.queue = self.sqs.create_queue(QueueName=self.name)["QueueUrl"]

    def ended(self, parent: str | None = CALLER, state: str = "succeeded", **fields: Any) -> str:
        """Write a job that has ended; return its id."""
        job_id = uuid.uuid4().hex
        request = {"job_id": job_id, **({"traceparent": parent} if parent else {})}
        item = {
            "pk": keys.job(job_id),
            "state": state,
            "client_id": "a" * 16,
            "algorithm": "gaussian",
            "attempts": 2,
            "request": json.dumps(request),
            "result": json.dumps({"hops": HOPS}),
            "t_accepted": 1000,
            "t_queued": 1010,
            "t_published": 2900,
            "t_delivered": 9000,
        }
        self.dynamodb.put_item(TableName=self.name, Item=items.pack({**item, **fields}))
        return job_id


@pytest.fixture
def site(cloud: Emulator, monkeypatch: pytest.MonkeyPatch) -> Site:
    made = Site(cloud)
    monkeypatch.setenv("TABLE_NAME", made.name)
    monkeypatch.setenv("TRACES_QUEUE_URL", made.queue)
    monkeypatch.setenv("METRICS_NAMESPACE", "imaging/test")
    clients = {"dynamodb": made.dynamodb, "sqs": made.sqs}
    for module in (traces.many, queue):
        monkeypatch.setattr(module, "boto3_client", clients.__getitem__)
    return made


@pytest.fixture
def into(monkeypatch: pytest.MonkeyPatch) -> Any:
    return lambda to: monkeypatch.setenv("OTEL_EXPORTER_OTLP_ENDPOINT", to.url)


def told(job_id: str, age: float = 0, receives: int = 1) -> dict[str, Any]:
    """Return the record of a result, as SNS puts it on the queue."""
    return record({"Message": json.dumps({"job_id": job_id}), "MessageAttributes": {}}, age, receives)


def record(body: Any, age: float = 0, receives: int = 1) -> dict[str, Any]:
    sent = str(int((time.time() - age) * 1000))
    attributes = {"SentTimestamp": sent, "ApproximateReceiveCount": str(receives)}
    return {"messageId": uuid.uuid4().hex, "body": json.dumps(body), "attributes": attributes}


def export(*records: dict[str, Any]) -> list[str]:
    answer = traces.handler({"Records": list(records)}, None)
    return [each["itemIdentifier"] for each in answer["batchItemFailures"]]


def dropped(capsys: pytest.CaptureFixture[str]) -> int:
    return sum(json.loads(each)["SpansDropped"] for each in capsys.readouterr().out.splitlines())


def test_a_job_s_spans_follow_its_hops_below_its_caller_s(
    site: Site, into: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OTEL_EXPORTER_OTLP_HEADERS", "x-api-key=a%20b, x-more=1")
    job_id = site.ended()
    with collector() as to:
        into(to)
        assert export(told(job_id), told(job_id)) == []  # a repetition has the same ids
    path, headers = to.heads[0]
    assert (path, headers["x-api-key"], headers["x-more"]) == ("/v1/traces", "a b", "1")
    by_name = {span.name: span for span in to.spans}
    assert by_name.keys() == PARTS | {"job gaussian"}
    assert len({span.span_id for span in to.spans}) == len(by_name)
    whole = by_name["job gaussian"]
    assert {span.trace_id for span in to.spans} == {"4bf92f3577b34da6a3ce929d0e0e4736"}
    assert (whole.parent, whole.span_id) == ("00f067aa0ba902b7", job_id[:16])
    assert {by_name[name].parent for name in PARTS} == {whole.span_id}
    wait, compute = by_name["wait"], by_name["compute"]
    assert (wait.start, wait.end, wait.service) == (1010_000_000, 1500_000_000, "imaging-worker")
    assert (compute.start, compute.end) == (1700_000_000, 2700_000_000)
    assert (whole.start, whole.end, whole.service) == (1000_000_000, 2900_000_000, "imaging-api")
    assert whole.attributes["imaging.job_id"] == job_id and whole.attributes["imaging.attempts"] == 2
    assert not any(span.failed for span in to.spans)


def test_a_job_without_a_caller_s_trace_is_the_trace(site: Site, into: Any) -> None:
    job_id = uuid.uuid4().hex
    parent = str(traceparent.alone(job_id, sampled=True))
    site.ended(parent, pk=keys.job(job_id))
    with collector() as to:
        into(to)
        export(told(job_id))
    assert {span.trace_id for span in to.spans} == {job_id}
    assert {span.name: span.parent for span in to.spans}["job gaussian"] == ""


def test_a_failure_says_its_code_and_ends_where_the_job_did(site: Site, into: Any) -> None:
    error = json.dumps({"code": "cancelled", "message": "of a person", "retryable": False})
    job_id = site.ended(state="cancelled", error=error, result=json.dumps({"hops": {"accepted": 1000}}))
    with collector() as to:
        into(to)
        export(told(job_id))
    whole = next(span for span in to.spans if span.name.startswith("job"))
    assert whole.failed and whole.attributes["error.type"] == "cancelled"
    assert {span.name for span in to.spans} == {"job gaussian", "accept", "publish"}
    assert "of a person" not in str(to.spans)


def test_what_is_not_recorded_or_cannot_be_read_is_not_sent(site: Site, into: Any) -> None:
    unsampled = site.ended(CALLER[:-1] + "0")
    with collector() as to:
        into(to)
        bad = [record({"spans": [{"name": 1}]}), record({"Message": "no JSON"}), record([]), record({})]
        assert export(told(unsampled), told(site.ended(None)), told("f" * 32), *bad) == []
    assert to.heads == []


def test_one_span_is_handed_over_by_the_queue(site: Site, into: Any) -> None:
    job_id = uuid.uuid4().hex
    whole = traceparent.own(job_id, traceparent.Context("4" * 32, "5" * 16, True))
    message = {"MessageAttributes": {"traceparent": {"StringValue": str(whole)}}}
    result = {"job_id": job_id, "client_id": "a" * 16, "hops": {"published": 2900}}
    queue.hand_over(delivery.span(message, result), Line("proxy", None))
    (received,) = site.sqs.receive_message(QueueUrl=site.queue)["Messages"]
    with collector() as to:
        into(to)
        export(record(json.loads(received["Body"])))
    (span,) = to.spans
    assert (span.name, span.trace_id, span.parent, span.start) == ("deliver", "4" * 32, job_id[:16], 2900_000_000)


def test_a_queue_that_fails_costs_a_call_nothing(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRACES_QUEUE_URL", site.queue + "-gone")
    whole = traceparent.alone(uuid.uuid4().hex, sampled=True)
    message = {"MessageAttributes": {"traceparent": {"StringValue": str(whole)}}}
    queue.hand_over(delivery.span(message, {"job_id": whole.trace_id, "client_id": "a" * 16}), Line("proxy", None))


@pytest.mark.parametrize("status", [429, 502, 503, 504])
def test_a_collector_that_is_busy_is_asked_again_until_it_is_late(
    site: Site, into: Any, capsys: pytest.CaptureFixture[str], status: int
) -> None:
    record, late = told(site.ended()), told(site.ended(), QUARTER)
    with collector(status) as to:
        into(to)
        assert export(record, late) == [record["messageId"]]
    assert dropped(capsys) == len(PARTS) + 1


def test_what_is_late_and_was_tried_makes_no_further_call(
    site: Site, into: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    with collector() as to:
        into(to)
        assert export(told(site.ended(), QUARTER, receives=2)) == []
    assert to.heads == [] and dropped(capsys) == len(PARTS) + 1


@pytest.mark.parametrize("status", [400, 401, 404, 500])
def test_a_refusal_is_final_and_counted(site: Site, into: Any, capsys: pytest.CaptureFixture[str], status: int) -> None:
    with collector(status) as to:
        into(to)
        assert export(told(site.ended())) == []
    assert dropped(capsys) == len(PARTS) + 1


@pytest.mark.parametrize(
    ("body", "count"),
    [(b'{"partialSuccess": {"rejectedSpans": "3"}}', 3), (b"{}", 0), (b"", 0), (b"\x0a\x02", 0), (b"[]", 0)],
)
def test_what_a_collector_rejects_is_counted(
    site: Site, into: Any, capsys: pytest.CaptureFixture[str], body: bytes, count: int
) -> None:
    with collector(200, body) as to:
        into(to)
        assert export(told(site.ended())) == []
    assert dropped(capsys) == count


def test_a_collector_that_hangs_or_is_gone_is_left_in_time(
    site: Site, into: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sending, "SECONDS", 0.2)
    with collector(hangs=True) as to:
        into(to)
        record = told(site.ended())
        assert export(record) == [record["messageId"]]
    gone: Collector = to
    into(gone)
    assert export(record) == [record["messageId"]]
