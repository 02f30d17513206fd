"""Decides which of an algorithm's two queues takes a job: what a client has open beyond its share waits on its own.

A job's queue is written into its item before it is sent, so that every repetition sends it to the same one.
"""

from typing import Any, Final

from runtime.contracts import keys, states
from runtime.handlers.problem import Problem
from runtime.handlers.table import store

# Calls at the same time for one ordering key: each try lets one of them pass.
TRIES: Final = 12


def overflows(job: store.Item, job_id: str, record: store.Item, open_jobs: int) -> bool:
    """Return whether a new job goes to the overflow queue; `open_jobs` is how many its client has without it."""
    if "overflow_queue_url" not in record:  # deployed by a release that had one queue
        return False
    if "ordering_key" not in job:
        return open_jobs >= int(record["fair_share"])
    return _of_group(job, job_id, open_jobs >= int(record["fair_groups"]))


def queue_url(job: store.Item, record: store.Item) -> str:
    """Return the address of the queue that takes the job."""
    return record.get("overflow_queue_url", record["queue_url"]) if job.get("overflow") else record["queue_url"]


def _of_group(job: store.Item, job_id: str, wanted: bool) -> bool:
    """Return the queue of the job's group: another than before only if no job of the group is left on that.

    SQS keeps the order within one queue. The group's item names its last job, and calls at the same time take turns
    at it, so each finds the queue of the one before.
    """
    pk = keys.group(job["client_id"], job["algorithm"], job["ordering_key"])
    for attempt in range(TRIES):
        before = store.get(pk)
        overflow = wanted
        if before and before["overflow"] != wanted and not _was_last(before["job_id"]):
            overflow = before["overflow"]
        values: dict[str, Any] = {
            "job_id": job_id,
            "overflow": overflow,
            "expires": store.expires(keys.JOB_TTL_SECONDS),
        }
        if before is None:
            written = store.put_new({"pk": pk, **values})
        else:
            written = store.change(pk, values, "job_id = :before", {":before": before["job_id"]})
        if written:
            return overflow
        store.pause(min(attempt, 5), 0.01)
    raise Problem("unavailable", "Too many calls at once for this ordering_key; try again in a moment.")


def _was_last(job_id: str) -> bool:
    """Return whether a worker has begun and ended the group's last job, and so all before it.

    A worker begins a job when those before it in its group have ended. A job that was cancelled or refused without a
    begin says nothing of them, nor does one that is not written yet.
    """
    job = store.get(keys.job(job_id))
    return job is not None and job["state"] in states.END_STATES and job.get("attempts", 0) > 0
