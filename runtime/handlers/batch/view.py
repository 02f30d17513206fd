"""What a client sees of its batch: its jobs by state, how far they are, and when the last will have ended."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from runtime.contracts import keys, states
from runtime.handlers import compiled
from runtime.handlers.batch import batch as batches
from runtime.handlers.problem import Problem
from runtime.handlers.table import many, store

if TYPE_CHECKING:
    from algorithms.declaration import Resources

READ = ("pk", "state", "progress", "t_started")


def view(batch: store.Item) -> dict[str, Any]:
    """Return what the client sees of its batch, which may be a moment late: reading so costs half."""
    ids = batches.job_ids(batch)
    try:
        known = many.read([keys.job(job_id) for job_id in ids], consistent=False, attributes=READ)
    except TimeoutError as error:
        raise Problem("unavailable", "The jobs table did not return all jobs; try again in a moment.") from error
    jobs = [known.get(keys.job(job_id), {"state": states.ACCEPTED}) for job_id in ids]
    counts = Counter(str(job["state"]) for job in jobs)
    return {
        "batch_id": batches.batch_id(batch),
        "algorithm": batch["algorithm"],
        "jobs": batch["jobs"],
        "states": {state: counts[state] for state in (*states.OPEN_STATES, *states.END_STATES)},
        "progress": round(sum(map(_progress, jobs)) / len(jobs), 4),
        "seconds_left": seconds_left(jobs, store.now_ms(), compiled.resources().get(batch["algorithm"])),
        "accepted_at": batch["t_accepted"],
        "cancel_requested": batch.get("cancel_requested", False),
        "job_ids": ids,
    }


def seconds_left(jobs: Sequence[Mapping[str, Any]], now: int, declared: "Resources | None" = None) -> float | None:
    """Return an estimate of the seconds until the last job ends; None if nothing is known.

    By the pace of those that have ended since the first one started; before that, by the declaration.
    """
    left = sum(1 - _progress(job) for job in jobs)
    ended = [job for job in jobs if job["state"] in states.END_STATES]
    computed = sum("t_started" in job for job in ended)  # one that was cancelled before says nothing of the pace
    started = [job["t_started"] for job in jobs if "t_started" in job]
    if len(ended) == len(jobs):
        return 0.0
    if computed:
        return round((now - min(started)) / 1000 / computed * left, 1)
    return round(declared.typical_seconds * left / min(len(jobs), declared.max_tasks), 1) if declared else None


def _progress(job: Mapping[str, Any]) -> float:
    return 1.0 if job["state"] in states.END_STATES else float(job.get("progress", 0))
