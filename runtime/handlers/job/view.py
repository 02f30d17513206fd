"""What a client sees of its job."""

import json
import time
from typing import Any

from runtime.contracts import keys, states
from runtime.handlers import compiled
from runtime.handlers.job.estimate import estimate
from runtime.handlers.job.result import outputs, results
from runtime.handlers.scaling import looks
from runtime.handlers.table import store


def view(job_id: str, job: store.Item, most: int | None = None) -> dict[str, Any]:
    """Return what the client sees of its job; a manifest of more than `most` bytes is left unread."""
    return {
        "job_id": job_id,
        "batch_id": job.get("batch_id"),
        "retry_of": job.get("retry_of"),
        "retried_as": job.get("retried_as"),
        "algorithm": job["algorithm"],
        "state": job["state"],
        "progress": 1 if job["state"] in (states.SUCCEEDED, states.PARTIAL) else job.get("progress", 0),
        "attempts": job.get("attempts", 0),
        "hops": results.hops(job),
        "cancel_requested": job.get("cancel_requested", False),
        "callback": _callback(job),
        "estimate": _estimate(job) if job["state"] in states.OPEN_STATES else None,
        "error": json.loads(job.get("error") or "null"),
        "result": outputs.signed(results.read(job, most)) if job.get("result") else None,
    }


def _callback(job: store.Item) -> str | None:
    """Return what became of the job's callback; None if it has none."""
    if "callback_state" in job:
        return job["callback_state"]
    return "pending" if json.loads(job["request"]).get(keys.CALLBACK_ATTRIBUTE) else None


def _estimate(job: store.Item) -> dict[str, Any] | None:
    resources = compiled.resources().get(job["algorithm"])
    if resources is None:  # it is no longer installed
        return None
    look = None if job["state"] == states.RUNNING else looks.read([job["algorithm"]])[job["algorithm"]]
    return estimate(job, resources, look, time.time())
