"""Estimates the place, the start and the end of a job that has not ended, from what the scaler saw last: pure."""

import math
from typing import TYPE_CHECKING, Any, Final

from runtime.contracts import states
from runtime.handlers.scaling.looks import Look

if TYPE_CHECKING:
    from algorithms.declaration import Resources

# A first task needs about so long from ECS's order to its first job.
TASK_START_SECONDS: Final = 60.0
# The scaler looks each minute while there is a job; what is older says nothing.
STALE_SECONDS: Final = 180.0


def estimate(job: dict[str, Any], resources: "Resources", look: Look | None, now: float) -> dict[str, Any] | None:
    """Return the estimate of an open job as the API tells it, or None if nothing is known; `now` in seconds."""
    if job["state"] == states.RUNNING:
        return _running(job, resources, now) if "t_started" in job else None
    if look is None or now - look.at > STALE_SECONDS or (job.get("overflow") and look.overflow is None):
        return None
    return _waiting(job, resources, look, now)


def _running(job: dict[str, Any], resources: "Resources", now: float) -> dict[str, Any]:
    started, progress = job["t_started"] / 1000, float(job.get("progress", 0))
    last = max(now, started + resources.timeout)
    if progress > 0:
        # the worker's clock may be ahead of this one
        earliest = latest = max(now, min(last, started + (now - started) / progress))
    else:
        earliest, latest = max(now, started + resources.typical_seconds), last
    return {"as_of": _ms(now), "place": None, "tasks": None, "start": None, "end": _span(min(earliest, latest), latest)}


def _waiting(job: dict[str, Any], resources: "Resources", look: Look, now: float) -> dict[str, Any]:
    least, most = _place(job, resources, look, now)
    typical, boot = resources.typical_seconds, 0.0 if look.tasks else TASK_START_SECONDS
    # As soon as possible: all tasks that are allowed run, and the job is the first of those of its place. As late as
    # can be told: no task is added, and what the tasks hold is begun before it.
    earliest = now + (least - 1) // max(look.tasks, resources.max_tasks) * typical
    before = most - 1 + look.held
    latest = now + boot + math.ceil(before / max(1, look.tasks)) * typical
    # How long the earlier jobs of its ordering key take, in which nothing helps, is not known here.
    known = "ordering_key" not in job
    return {
        "as_of": _ms(look.at),
        "place": {"least": least, "most": most},
        "tasks": look.tasks,
        "start": _span(earliest, latest if known else None),
        "end": _span(earliest + typical, latest + typical if known else None),
    }


def _place(job: dict[str, Any], resources: "Resources", look: Look, now: float) -> tuple[int, int]:
    """Return the job's least and greatest place among those that wait."""
    waiting = look.waiting + ((look.overflow or 0) if job.get("overflow") else 0)
    since = job.get("t_queued", job["t_accepted"]) / 1000
    if since <= look.at:  # it was among them, and SQS does not say where
        return 1, max(1, waiting)
    begun = math.floor((now - look.at) / resources.typical_seconds * look.tasks)
    return max(1, waiting + 1 - begun), waiting + 1


def _span(earliest: float, latest: float | None) -> dict[str, int | None]:
    return {"earliest": _ms(earliest), "latest": None if latest is None else _ms(max(earliest, latest))}


def _ms(seconds: float) -> int:
    return round(seconds * 1000)
