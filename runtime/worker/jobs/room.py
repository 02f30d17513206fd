"""Decides how many messages a worker receives now, from either queue, and which held job begins next: pure."""

import time
from collections.abc import Sequence
from typing import NamedTuple

from runtime.worker.jobs.held_job import WAITING, HeldJob, Stage
from runtime.worker.jobs.prefetch import BATCH, Prefetch
from runtime.worker.jobs.turns import SHORT_SECONDS, SOON_SECONDS, Turns


class Room(NamedTuple):
    """How many messages to receive, 0 for none, and whether to wait for them."""

    messages: int
    wait: bool = True


NONE = Room(0)


def running(jobs: Sequence[HeldJob]) -> tuple[HeldJob | None, float | None]:
    """Return the job that is being computed, and for how many seconds."""
    for job in jobs:
        if job.stage is Stage.COMPUTING and job.computing_since is not None:
            return job, time.monotonic() - job.computing_since
    return None, None


def is_full(jobs: Sequence[HeldJob]) -> bool:
    """Return whether nothing may be received: a job must run alone, or too many wait for the network."""
    if any(job.suspect for job in jobs):
        return True
    before = sum(job.stage in WAITING or job.stage is Stage.COMPUTING for job in jobs)
    # Jobs that are computed but not yet stored must not pile up either.
    return len(jobs) - before > 3 * BATCH


def plain(jobs: Sequence[HeldJob], prefetch: Prefetch, *, overflow: bool) -> int:
    """Return how many jobs the estimate allows; those that yield take no room of the requests queue's."""
    if is_full(jobs):
        return 0
    waiting = sum(job.stage in WAITING and (overflow or not job.yields) for job in jobs)
    return prefetch.room(waiting, running(jobs)[1])


def of_requests(jobs: Sequence[HeldJob], prefetch: Prefetch, turns: Turns) -> Room:
    """Return the room for messages of the requests queue."""
    room = plain(jobs, prefetch, overflow=False)
    if not any(job.yields and job.stage is not Stage.COMMITTING for job in jobs):
        return Room(room)
    # This worker has work for a while: another may be free sooner. So it looks only if it is about to begin a job, and
    # goes on as long as there are some.
    _, elapsed = running(jobs)
    is_short = prefetch.seconds <= SHORT_SECONDS
    soon = is_short and elapsed is not None and prefetch.seconds - elapsed < SOON_SECONDS and not turns.is_fresh
    return Room(room, wait=False) if turns.is_asked or soon or not turns.is_empty else NONE


def of_overflow(jobs: Sequence[HeldJob], prefetch: Prefetch, turns: Turns) -> Room:
    """Return the room for messages of the overflow queue: none while the other has jobs, or one in its turn."""
    if turns.is_overdue:
        return NONE if is_full(jobs) else Room(min(1, prefetch.room(0, running(jobs)[1])), wait=False)
    return Room(plain(jobs, prefetch, overflow=True)) if turns.is_empty else NONE


class Choice(NamedTuple):
    """The job to begin now, if any; `look` says that the requests queue must be looked at first."""

    job: HeldJob | None
    look: bool = False
    coming: bool = False


def choose(jobs: Sequence[HeldJob], prefetch: Prefetch, turns: Turns) -> Choice:
    """Return the first job of its group whose input is here, one that yields only if no other is here or coming.

    The input of another is waited for as long as a job usually takes: a job that yields would take as long.
    """
    groups: set[str] = set()
    yielding: HeldJob | None = None
    coming = False
    for job in jobs:
        if job.group not in groups and job.is_here:
            if job.stage is Stage.READY and not job.yields:
                return Choice(job)
            if job.stage is Stage.READY:
                yielding = yielding or job
            elif job.stage is Stage.PREPARING and not job.yields:
                coming = coming or time.monotonic() - job.received_at < prefetch.seconds
        groups.add(job.group)
    if yielding is None or coming:
        return Choice(None, coming=coming and yielding is not None)
    return Choice(yielding) if turns.is_fresh else Choice(None, look=True)


def held_up(jobs: Sequence[HeldJob], prefetch: Prefetch, seconds: float) -> HeldJob | None:
    """Return the running job if the waiting ones should run elsewhere.

    It takes too long, or must run alone, or overtook jobs that would wait for it for more than `seconds`.
    """
    job, elapsed = running(jobs)
    if job is None or elapsed is None:
        return None
    overtook = not job.yields and any(each.yields and each.stage in WAITING for each in jobs)
    long = overtook and prefetch.seconds - elapsed > seconds
    return job if job.suspect or prefetch.overruns(elapsed) or long else None
