"""What a client sees of its job."""

import json
from typing import Any

from runtime.contracts import states
from runtime.handlers.job import outputs, results
from runtime.handlers.table import store


def view(job_id: str, job: store.Item, most: int | None = None) -> dict[str, Any]:
    """Return what the client sees of its job; a manifest of more than `most` bytes is left unread."""
    return {
        "job_id": job_id,
        "algorithm": job["algorithm"],
        "state": job["state"],
        "progress": 1 if job["state"] in (states.SUCCEEDED, states.PARTIAL) else job.get("progress", 0),
        "attempts": job.get("attempts", 0),
        "hops": results.hops(job),
        "cancel_requested": job.get("cancel_requested", False),
        "error": json.loads(job.get("error") or "null"),
        "result": outputs.signed(results.read(job, most)) if job.get("result") else None,
    }
