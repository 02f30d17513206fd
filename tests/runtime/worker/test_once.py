"""Whatever happens to workers and messages, a job ends once for its client."""

import contextlib
import os
import signal
import time

import pytest

from runtime import procfs
from runtime.contracts.messages import encode_for_item, encode_job, encode_result
from runtime.contracts.models import Fault, JobMessage, JobResult
from tests.runtime.worker.plugins import runs
from tests.runtime.worker.site import LEASE, Site


def test_a_worker_killed_in_the_middle_of_a_job_costs_a_lease(site: Site) -> None:
    with site.worker() as first:
        job_id = site.send("sleep", tag="killed", parameters={"seconds": 2})
        child = first.wait_run("killed")
        first.process.send_signal(signal.SIGKILL)
        first.process.wait()
    deadline = time.monotonic() + 2
    while procfs.is_running(child):  # no process of the worker goes on computing
        assert time.monotonic() < deadline
        time.sleep(0.02)
    with site.worker():
        (result,) = site.client.wait(job_id)
        assert result.status == "succeeded" and result.attempts == 2
        site.wait_empty()
        site.client.poll(1)
    assert len(site.client.seen[job_id]) == 1
    assert len(runs(site.runs_file, "killed")) == 2
    assert site.item(job_id)["attempts"] == "2"
    assert "untold_to" not in site.item(job_id), "a published job needs no sweeping"


def test_a_long_job_keeps_its_lease(site: Site) -> None:
    job_id = site.send("sleep", tag="long", parameters={"seconds": LEASE * 2})
    with site.worker() as first, site.worker():
        (result,) = site.client.wait(job_id)
        assert result.attempts == 1
        assert len(runs(site.runs_file, "long")) == 1
        assert first.process.poll() is None


def finished(job: JobMessage, **changes: object) -> JobResult:
    fields: dict[str, object] = {
        "job_id": job.job_id,
        "client_id": job.client_id,
        "algorithm": job.algorithm,
        "distribution": "moody 0.9",
        "status": "succeeded",
        "pacs": job.pacs,
        "parameters": {},
        "measurements": {"done": "before"},
        "attempts": 1,
        "hops": {"accepted": 1, "stored": 2},
        **changes,
    }
    return JobResult.model_validate(fields)


def receive_and_give_back(site: Site) -> None:
    """Receive the message once and give it back, as a worker that has ended did."""
    sqs = site.cloud.boto3_client("sqs")
    (message,) = sqs.receive_message(QueueUrl=site.queue)["Messages"]
    sqs.change_message_visibility(QueueUrl=site.queue, ReceiptHandle=message["ReceiptHandle"], VisibilityTimeout=0)


def test_a_redelivered_job_with_a_manifest_is_not_computed_again(site: Site) -> None:
    job = site.job(tag="redelivered")
    site.put_item(job, "running")
    key = f"results/{job.client_id}/{job.job_id}/result.json"
    site.cloud.boto3_client("s3").put_object(Bucket=site.output_bucket, Key=key, Body=finished(job).model_dump_json())
    site.send_body(encode_job(job), job.job_id)
    receive_and_give_back(site)
    with site.worker():
        (result,) = site.client.wait(job.job_id)
        site.wait_empty()
    assert result.measurements == {"done": "before"} and result.distribution == "moody 0.9"
    assert site.item(job.job_id)["state"] == "succeeded"
    assert runs(site.runs_file, "redelivered") == []


@pytest.mark.parametrize("what", ["cut", "no text", "another job's"])
def test_a_manifest_that_is_no_result_of_the_job_is_replaced_by_one(site: Site, what: str) -> None:
    job = site.job(tag="unreadable")
    site.put_item(job, "running")
    whole = finished(job).model_dump_json()
    content = {"cut": whole[:-1], "no text": b"\xff" * 9, "another job's": whole.replace(job.job_id, "0" * 32)}[what]
    key = f"results/{job.client_id}/{job.job_id}/result.json"
    site.cloud.boto3_client("s3").put_object(Bucket=site.output_bucket, Key=key, Body=content)
    site.send_body(encode_job(job), job.job_id)
    receive_and_give_back(site)
    with site.worker():
        (result,) = site.client.wait(job.job_id)
        site.wait_empty()
    assert (result.status, result.attempts, result.job_id) == ("succeeded", 1, job.job_id)
    assert site.manifest(job.job_id).attempts == 1
    assert site.item(job.job_id)["state"] == "succeeded"


def test_a_redelivered_job_without_a_manifest_is_computed(site: Site) -> None:
    job_id = site.send(tag="again")
    receive_and_give_back(site)
    with site.worker():
        (result,) = site.client.wait(job_id)
    assert result.attempts == 1 and len(runs(site.runs_file, "again")) == 1  # a receive is not an attempt


def test_a_job_that_was_cancelled_while_no_worker_had_it_is_not_computed(site: Site) -> None:
    job_id = site.send(tag="between")
    receive_and_give_back(site)
    site.update(job_id, state={"S": "running"}, cancel_requested={"BOOL": True})
    with site.worker():
        (result,) = site.client.wait(job_id)
        site.wait_empty()
    assert result.status == "cancelled" and site.item(job_id)["state"] == "cancelled"
    assert runs(site.runs_file, "between") == []


def test_a_job_that_somebody_else_ended_is_published_unless_it_was(site: Site) -> None:
    cancelled, published, bare = site.job(tag="ended"), site.job(tag="ended"), site.job(tag="ended")
    fault = Fault(code="cancelled", message="The job was cancelled.", retryable=False)
    end = encode_result(finished(cancelled, status="cancelled", error=fault))
    site.put_item(cancelled, "cancelled", result={"S": end})
    site.put_item(published, "cancelled", result={"S": end}, t_published={"N": "1"})
    site.put_item(bare, "failed", error={"S": fault.model_dump_json()})
    for job in (cancelled, published, bare):
        site.send_body(encode_job(job), job.job_id)
    with site.worker():
        first, last = site.client.wait(cancelled.job_id, bare.job_id)
        site.wait_empty()
    assert first.status == "cancelled" and first.error == fault
    assert last.status == "failed" and last.error == fault
    assert published.job_id not in site.client.seen
    assert "t_published" in site.item(cancelled.job_id) and site.item(cancelled.job_id)["state"] == "cancelled"
    assert runs(site.runs_file, "ended") == []


def test_an_end_that_another_worker_did_not_publish_is_completed_from_its_manifest(site: Site) -> None:
    job = site.job(tag="large")
    large = finished(job, measurements={f"region_{each}": each for each in range(1000)}, hops={"published": 9})
    site.put_item(job, "succeeded", result={"S": encode_for_item(large)})
    key = f"results/{job.client_id}/{job.job_id}/result.json"
    site.cloud.boto3_client("s3").put_object(Bucket=site.output_bucket, Key=key, Body=large.model_dump_json())
    site.send_body(encode_job(job), job.job_id)
    with site.worker():
        (result,) = site.client.wait(job.job_id)
        site.wait_empty()
    assert len(result.measurements) == 1000 and result.outputs_complete
    assert runs(site.runs_file, "large") == []


def test_a_job_whose_item_has_expired_is_done_all_the_same(site: Site) -> None:
    job = site.job()
    site.send_body(encode_job(job), job.job_id)
    with site.worker():
        (result,) = site.client.wait(job.job_id)
        site.wait_empty()
    assert result.status == "succeeded"


def test_a_worker_that_was_frozen_past_its_lease_publishes_nothing(site: Site) -> None:
    job_id = site.send("sleep", tag="frozen", parameters={"seconds": 1})
    with site.worker() as first:
        child = first.wait_run("frozen")
        for pid in (first.process.pid, child):
            os.kill(pid, signal.SIGSTOP)
        with site.worker():
            (result,) = site.client.wait(job_id)
            site.wait_empty()
            os.kill(first.process.pid, signal.SIGCONT)
            with contextlib.suppress(ProcessLookupError):  # the worker may have killed it by now
                os.kill(child, signal.SIGCONT)
            first.wait_log("job_abandoned")
            site.client.poll(1)
    assert result.attempts == 2 and len(site.client.seen[job_id]) == 1
