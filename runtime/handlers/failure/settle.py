"""Takes failed jobs off the list of failures: sends them anew, or discards them; each step repeatable."""

import json
from collections.abc import Callable, Sequence
from typing import Any, Final

from runtime.contracts import keys, states
from runtime.handlers.http.auth import digest
from runtime.handlers.job.request import new_job
from runtime.handlers.job.request.quota import check_jobs
from runtime.handlers.job.request.submit import keep, send, service_record
from runtime.handlers.problem import Problem
from runtime.handlers.scaling.poke import poke
from runtime.handlers.table import store

# Or discarded before: the answer to that may have been lost, and the call is repeated.
_DISCARDABLE: Final = f"attribute_exists({keys.FAILED_FOR}) OR attribute_exists(discarded)"
Settle = Callable[[str], str | None]


def settle_all(job_ids: Sequence[str], settle: Settle) -> dict[str, Any]:
    """Do the same with each of these jobs; return those that it was done with, and why it was refused of the others."""
    settled: list[dict[str, Any]] = []
    refused: list[dict[str, str]] = []
    for job_id in dict.fromkeys(job_ids):
        try:
            settled.append({"job_id": job_id, "retried_as": settle(job_id)})
        except Problem as problem:
            refused.append({"job_id": job_id, "code": problem.code, "detail": problem.detail})
    return {"settled": settled, "refused": refused}


def discard(job_id: str) -> None:
    """Take a failed job off the list; its state, its result and its client's view of it stay as they are."""
    if not store.change(keys.job(job_id), {"discarded": store.now_ms()}, _DISCARDABLE, remove=(keys.FAILED_FOR,)):
        raise _not_a_failure()


def retry(job_id: str) -> str:
    """Send a failed job anew, as a new job of its client; return the new job's id, the same for each call.

    An end is final, and its client was told. So what runs again is another job with the same input, parameters and
    ordering key: without a callback, whose secret may be gone, and in no batch.
    """
    failed = store.get(keys.job(job_id))
    if failed is None or (keys.FAILED_FOR not in failed and "retried_as" not in failed):
        raise _not_a_failure()
    if "retried_as" in failed:
        return failed["retried_as"]
    record = service_record(failed["algorithm"])
    new_id = digest(f"retry {job_id}")[:32]
    job = store.get(keys.job(new_id)) or _new(failed, job_id, new_id, record)
    if job["state"] == states.ACCEPTED:
        send(job, record)
        poke(job["algorithm"], overflow=job.get("overflow", False))
    store.change(failed["pk"], {"retried_as": new_id}, remove=(keys.FAILED_FOR,))
    return new_id


def _new(failed: store.Item, job_id: str, new_id: str, record: store.Item) -> store.Item:
    """Write the job that is sent instead of a failed one."""
    client = store.get(keys.client(failed["client_id"]))
    if client is None or "revoked" in client:
        raise Problem("client_removed", "The client of this job is no longer there, so nobody would get a result.")
    open_jobs = check_jobs(failed["client_id"])
    request: dict[str, Any] = json.loads(failed["request"])
    request.pop(keys.CALLBACK_ATTRIBUTE, None)
    message = {**request, "job_id": new_id, "shard": client["shard"], "accepted_at": store.now_ms()}
    job = {**new_job.item(new_id, message), "retry_of": job_id}
    if "ordering_key" in failed:
        job["ordering_key"] = failed["ordering_key"]
    return keep(job, record, open_jobs)


def _not_a_failure() -> Problem:
    return Problem("not_a_failure", "No failed job has this id, or an operator has retried or discarded it.")
