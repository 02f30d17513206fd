"""An end without a worker reaches the queues of callbacks and of traces as one by a worker does."""

import json
from typing import Any

import pytest
from botocore.exceptions import ReadTimeoutError

from runtime.contracts import headers, keys
from runtime.handlers.job.result import publish
from tests.runtime.handlers.caller import Caller
from tests.runtime.handlers.deployment import Deployment

DAY_MS = 24 * 3_600_000
TRACE = "1" * 32


def with_receiver(api: Deployment, job_id: str, **values: Any) -> None:
    """Let the message of a job name a callback and a trace, as if it had been sent with them."""
    item = api.item(f"job#{job_id}")
    assert item
    request = {**json.loads(item["request"]), "callback_id": job_id, "traceparent": f"00-{TRACE}-{'2' * 16}-01"}
    api.change(f"job#{job_id}", request=json.dumps(request), **values)


def distributed(api: Deployment, job_id: str) -> dict[str, str]:
    """Return the attributes under which a job's one result came from its distribution's topic."""
    sqs = api.cloud.boto3_client("sqs")
    found: list[dict[str, str]] = []
    while messages := sqs.receive_message(
        QueueUrl=api.queues["results"], MaxNumberOfMessages=10, WaitTimeSeconds=1, MessageAttributeNames=["All"]
    ).get("Messages"):
        for message in messages:
            sqs.delete_message(QueueUrl=api.queues["results"], ReceiptHandle=message["ReceiptHandle"])
            if json.loads(message["Body"])["job_id"] == job_id:
                found.append({name: each["StringValue"] for name, each in message["MessageAttributes"].items()})
    (attributes,) = found
    return attributes


@pytest.fixture(scope="module")
def sweep(api: Deployment) -> Any:
    name = f"{api.name}-sweeper-of-callbacks"
    api.function("sweeper", name, METRICS_NAMESPACE="n", JOB_MAX_AGE_SECONDS="86400")
    return lambda: api.invoke(name, {})


def expected(job_id: str, status: str) -> dict[str, str]:
    return {
        "status": status,
        keys.CALLBACK_ATTRIBUTE: job_id,
        headers.TRACEPARENT: f"00-{TRACE}-{job_id[:16]}-01",
    }


def test_a_job_that_is_cancelled_while_it_waits(api: Deployment, alice: Caller) -> None:
    job_id = alice.process()
    with_receiver(api, job_id)
    assert alice.call("DELETE", f"/jobs/{job_id}").status_code == 202
    assert expected(job_id, "cancelled").items() <= distributed(api, job_id).items()


def test_a_job_that_the_sweeper_gives_up(api: Deployment, alice: Caller, sweep: Any) -> None:
    job_id = alice.process()
    item = api.item(f"job#{job_id}")
    assert item
    with_receiver(api, job_id, t_accepted=int(item["t_accepted"]) - 2 * DAY_MS)
    assert sweep() == {"timed_out": 1}
    assert expected(job_id, "timed_out").items() <= distributed(api, job_id).items()


def test_the_jobs_of_a_client_that_leaves(api: Deployment) -> None:
    leaving = api.client()
    job_id = leaving.process()
    with_receiver(api, job_id)
    assert leaving.call("DELETE", "/provision").status_code == 204
    assert expected(job_id, "cancelled").items() <= distributed(api, job_id).items()


def test_a_distributions_topic_that_does_not_answer_is_left_to_the_sweeper(monkeypatch: pytest.MonkeyPatch) -> None:
    job: Any = {"pk": "job#1", "state": "cancelled", "shard": 0, "algorithm": "smooth", "result": "{}", "request": "{}"}
    sent: list[str] = []

    class Sns:
        def publish(self, TopicArn: str, **_: Any) -> None:  # noqa: N803
            sent.append(TopicArn)
            if TopicArn == "distribution":
                raise ReadTimeoutError(endpoint_url="https://sns")

    def change(pk: str, values: dict[str, Any], *_: Any, **__: Any) -> None:
        job.update(values)

    monkeypatch.setenv("RESULTS_TOPIC_PREFIX", "shard-")
    monkeypatch.setenv("RESULT_SHARDS", "1")
    monkeypatch.setattr(publish, "boto3_client", lambda service: Sns())
    monkeypatch.setattr(publish.store, "get", lambda pk: job)
    monkeypatch.setattr(publish.store, "change", change)
    monkeypatch.setattr(publish.service_records, "find", lambda name: {"distribution_topic_arn": "distribution"})
    told = {"job_id": "1", "client_id": "2", "algorithm": "smooth", "status": "cancelled"}
    monkeypatch.setattr(publish.results, "message", lambda job: json.dumps(told))
    assert publish.publish_stored("job#1") == "cancelled"
    assert sent == ["shard-000.fifo", "distribution"]
    assert "t_published" in job and "t_distributed" not in job
