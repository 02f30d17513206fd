"""How many tasks a service has: the one scaling policy, pure, for AWS, for one machine and for simulations."""

import math
from dataclasses import dataclass, replace
from typing import Final

from algorithms.declaration import Resources

# A service without a job keeps its last task for this long: whoever is at work does not wait for another start.
IDLE_SECONDS: Final = 300.0
# Tasks are added only if the backlog is a tenth more than the present ones can do in time: these do that much while
# new ones start.
GROW_AT: Final = 1.1
# Tasks are removed only if the rest can carry a quarter more than there is, so that a load that varies around a whole
# number of tasks starts and stops none. As many as had work on average, and about half a task more, always stay.
SHRINK_AT: Final = 0.75
SPARE: Final = 0.45
# The average is over this many seconds; if the service has run out of work, over this few.
MEMORY_SECONDS: Final = 120.0
EMPTY_SECONDS: Final = 30.0
# If jobs have waited at every look for this long, and will wait for this share of the acceptable latency (the second
# share if they do not become fewer), one more task is needed: one may be busy with a job that takes hours.
STUCK_SECONDS: Final = 60.0
STUCK_SHARE: Final = 0.35
GROWING_SHARE: Final = 0.2
# The jobs that a worker holds ahead of its work: for this many seconds, and at most this many.
AHEAD_SECONDS: Final = 2.0
AHEAD_JOBS: Final = 20
# Fewer tasks than are wanted for this long is a fault: a first task takes a minute or two, a deployment some more.
UNSTEADY_SECONDS: Final = 900.0


@dataclass(frozen=True, slots=True)
class Observation:
    """The state of a service: messages that wait and that tasks hold, tasks that run and that are wanted."""

    visible: int
    in_flight: int
    running: int
    desired: int

    @property
    def jobs(self) -> int:
        """All jobs that have not ended."""
        return self.visible + self.in_flight


@dataclass(frozen=True, slots=True)
class Memory:
    """What one look leaves to the next; times are in seconds since the epoch, None if that is not so now.

    Parameters
    ----------
    at : when the look was.
    load : tasks that have had work, on average.
    idle_since : since when there has been no job.
    waiting_since, waiting : since when some job has waited at every look, and how many did then.
    short_since : since when fewer tasks have run than were wanted.
    """

    at: float
    load: float = 0.0
    idle_since: float | None = None
    waiting_since: float | None = None
    waiting: int = 0
    short_since: float | None = None

    @property
    def unsteady(self) -> bool:
        """Whether the service has had too few tasks for too long."""
        return self.short_since is not None and self.at - self.short_since >= UNSTEADY_SECONDS


def target_backlog(resources: Resources) -> float:
    """Return how many jobs, waiting and running, one task may have and still keep the acceptable latency."""
    return max(1.0, resources.acceptable_latency / resources.typical_seconds)


def late_after(resources: Resources) -> float:
    """Return the seconds after which a job that is still in the queue is later than its author accepts."""
    return resources.acceptable_latency + resources.typical_seconds


def decide(resources: Resources, observation: Observation, before: Memory | None, now: float) -> tuple[int, Memory]:
    """Return the number of tasks to have now, and what to remember until the next look.

    The same look gives the same answer, so two that decide at once agree.
    """
    seen = _remember(resources, observation, before or Memory(now), now)
    wanted = _idle(observation, seen) if observation.jobs == 0 else _busy(resources, observation, seen)
    if _looks_stuck(seen):
        seen = replace(seen, waiting_since=now, waiting=observation.visible)
    return max(resources.min_tasks, min(wanted, resources.max_tasks)), seen


def _remember(resources: Resources, observation: Observation, before: Memory, now: float) -> Memory:
    at_work = _at_work(resources, observation)
    out_of_work = observation.jobs == 0 or at_work < before.load / 4
    share = math.exp(-max(0.0, now - before.at) / (EMPTY_SECONDS if out_of_work else MEMORY_SECONDS))
    waited = observation.visible > 0 and before.waiting_since is not None
    return Memory(
        at=now,
        load=share * before.load + (1 - share) * at_work,
        idle_since=_since(before.idle_since, now, observation.jobs == 0),
        waiting_since=_since(before.waiting_since, now, observation.visible > 0),
        waiting=before.waiting if waited else observation.visible,
        short_since=_since(before.short_since, now, observation.running < observation.desired),
    )


def _since(before: float | None, now: float, holds: bool) -> float | None:
    # a moment in the future was noted by a clock that was ahead
    return (now if before is None else min(before, now)) if holds else None


def _at_work(resources: Resources, observation: Observation) -> float:
    """Return about how many tasks have work: if jobs are short, each holds some ahead."""
    ahead = min(AHEAD_SECONDS / resources.typical_seconds, AHEAD_JOBS) / 2
    return min(observation.in_flight / (1 + ahead), float(observation.running))


def _idle(observation: Observation, seen: Memory) -> int:
    if seen.idle_since is not None and seen.at - seen.idle_since >= IDLE_SECONDS:
        return 0
    return min(observation.desired, max(1, math.ceil(seen.load)))


def _busy(resources: Resources, observation: Observation, seen: Memory) -> int:
    target = target_backlog(resources)
    if observation.jobs > observation.desired * target * GROW_AT:
        return max(observation.desired, math.ceil(observation.jobs / (target * GROW_AT)))
    if _looks_stuck(seen) and observation.running >= observation.desired:
        wait = observation.visible * resources.typical_seconds / max(1, observation.running)
        share = GROWING_SHARE if observation.visible >= seen.waiting else STUCK_SHARE
        if wait > resources.acceptable_latency * share:
            return observation.desired + 1
    # Tasks that have work are kept, whatever else says otherwise: ECS chooses among those that are not protected.
    kept = max(seen.load + SPARE, _at_work(resources, observation), observation.jobs / (target * SHRINK_AT))
    return max(1, min(observation.desired, math.ceil(kept)))


def _looks_stuck(seen: Memory) -> bool:
    return seen.waiting_since is not None and seen.at - seen.waiting_since >= STUCK_SECONDS
