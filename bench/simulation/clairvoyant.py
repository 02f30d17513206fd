"""A scheduler that knows every job beforehand, bound by the same latency and the same promise of a warm task."""

from collections.abc import Sequence

from algorithms.declaration import Resources
from algorithms.scaling import IDLE_SECONDS
from bench.simulation.arrivals import Job
from bench.simulation.service import START

Span = list[float]  # begin and end of a task's work without a longer pause


def task_seconds(resources: Resources, jobs: Sequence[Job]) -> float:
    """Return the seconds of tasks that it pays for.

    It starts a task in time for the job that needs it, and only if that job would otherwise begin later than its
    author accepts; it stops a task whose next job is further away than a start. The last task of a service stays for
    the idle time, as clients are promised.
    """
    tasks: list[list[Span]] = []
    free: list[float] = []
    for job in jobs:
        place = _place(job, free, job.sent + resources.acceptable_latency, resources.max_tasks)
        if place == len(tasks):
            tasks.append([])
            free.append(0.0)
        begin = max(free[place], job.sent)
        free[place] = begin + job.takes
        if tasks[place] and begin - tasks[place][-1][1] <= START:
            tasks[place][-1][1] = free[place]
        else:
            tasks[place].append([begin, free[place]])
    spans = [span for task in tasks for span in task]
    paid = sum(end - begin + START for begin, end in spans)
    return paid + (_warm(spans) if resources.min_tasks == 0 else 0.0)


def _place(job: Job, free: Sequence[float], latest: float, most: int) -> int:
    """Return the task that a job goes to: the busiest that begins it in time, else a new one."""
    in_time = [place for place, at in enumerate(free) if at <= latest]
    if in_time:
        return max(in_time, key=lambda place: free[place])
    return len(free) if len(free) < most else min(range(len(free)), key=lambda place: free[place])


def _warm(spans: Sequence[Span]) -> float:
    """Return the seconds that a task stays without work, for the next job of somebody at work."""
    idle, until = 0.0, 0.0
    for begin, end in sorted((begin, end) for begin, end in spans):
        if until and begin > until:
            idle += min(IDLE_SECONDS, begin - until)
            idle -= START if begin - until <= IDLE_SECONDS else 0.0  # the warm task needs no start
        until = max(until, end)
    return idle + IDLE_SECONDS
