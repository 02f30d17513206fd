"""Makes a request into a job: writes it, sends it to a queue, marks it queued; each step repeatable."""

import uuid
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final

from botocore.exceptions import ClientError

from runtime.contracts import aws_codes, keys, states
from runtime.handlers.boto3_clients import boto3_client
from runtime.handlers.callback import table as callbacks
from runtime.handlers.http.auth import Client
from runtime.handlers.job.request import new_job, shares
from runtime.handlers.job.request.claim import Claim, claimed
from runtime.handlers.job.request.quota import check_jobs
from runtime.handlers.log import Line
from runtime.handlers.problem import Problem
from runtime.handlers.scaling.poke import poke
from runtime.handlers.table import service_records, store
from runtime.handlers.trace import context

NO_HEADERS: Final = MappingProxyType[str, str]({})


def submit(
    caller: Client,
    algorithm: str,
    body: dict[str, Any],
    claim: Claim | None,
    line: Line,
    headers: Mapping[str, str] = NO_HEADERS,
) -> tuple[str, str]:
    """Return the id and state of the request's job; the same job for the same idempotency key.

    `headers` are the request's, which may name the caller's trace.
    """
    record = service_record(algorithm)
    job_id, is_new = claimed(caller, algorithm, body, claim, uuid.uuid4().hex)
    job = None if is_new else store.get(keys.job(job_id))
    if job is None:  # a repeated call has its job, however many there are
        open_jobs = check_jobs(caller.client_id)
        parent = context.of_request(job_id, headers)
        line.add(**context.logged(parent))
        further = context.fields(parent)
        job = _keep(caller, algorithm, body, job_id, record, open_jobs, further)
    if job["state"] != states.ACCEPTED:
        return job_id, job["state"]
    send(job, record)
    line.add(scaler=poke(algorithm, overflow=job.get("overflow", False)))
    return job_id, states.QUEUED


def send(job: store.Item, record: store.Item) -> None:
    """Put an accepted job on the queue that its item says, and mark it queued."""
    queued = store.now_ms()  # before it is sent: a worker may start it before the answer is here
    try:
        boto3_client("sqs").send_message(QueueUrl=shares.queue_url(job, record), **queued_message(job))
    except ClientError as error:
        if aws_codes.code(error.response) in aws_codes.NO_SUCH_QUEUE:  # a deployment has replaced it
            service_records.forget(job["algorithm"])
        raise
    mark_queued(job["pk"], queued)


def queued_message(job: store.Item) -> dict[str, str]:
    """Return what SQS is given of a job: body, message group and deduplication id."""
    job_id = keys.job_id(job["pk"])
    return {
        "MessageBody": job["request"],
        "MessageGroupId": keys.message_group(job["client_id"], job_id, job.get("ordering_key")),
        "MessageDeduplicationId": job_id,
    }


def service_record(algorithm: str) -> store.Item:
    """Return the service record, which says where the algorithm's jobs go."""
    item = service_records.find(algorithm)
    if item is None:
        raise Problem("unavailable", f"{algorithm} is installed but its service is not deployed yet.")
    return item


def _keep(
    caller: Client,
    algorithm: str,
    body: dict[str, Any],
    job_id: str,
    record: store.Item,
    open_jobs: int,
    further: dict[str, str],
) -> store.Item:
    """Write the job, unless an earlier call did; return it as it stands."""
    # before the job: its end must find where it is to be told
    told = callbacks.keep(job_id, body["callback"])
    message = new_job.message(caller, algorithm, body, store.now_ms())
    job = new_job.item(job_id, {**message, **told, **further, "job_id": job_id, "pacs": body["pacs"]})
    if body["ordering_key"]:
        job["ordering_key"] = body["ordering_key"]
    return keep(job, record, open_jobs)


def keep(job: store.Item, record: store.Item, open_jobs: int) -> store.Item:
    """Write a new job, unless an earlier call did; return it as it stands. `open_jobs` are its client's others."""
    if shares.overflows(job, keys.job_id(job["pk"]), record, open_jobs):
        job["overflow"] = True
    if store.put_new(job):
        return job
    return store.get(job["pk"]) or job


def mark_queued(pk: str, queued: int) -> None:
    """Mark a job queued that is on its queue since `queued`, whatever became of it meanwhile."""
    values = {"state": states.QUEUED, "t_queued": queued}
    if not store.change(pk, values, "#state = :accepted", {":accepted": states.ACCEPTED}):
        # A worker was faster, and it owns the state now.
        store.change(pk, {"t_queued": queued}, "attribute_exists(pk) AND attribute_not_exists(t_queued)")
