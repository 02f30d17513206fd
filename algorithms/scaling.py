"""The numbers of the one scaling policy: read by the worker's side, which runs it, and by the program, which has AWS
run it."""

from algorithms.declaration import Resources


def target_backlog(resources: Resources) -> float:
    """Return how many jobs, waiting and running, one task may have and still keep the acceptable latency."""
    return max(1.0, resources.acceptable_latency / resources.typical_seconds)


def late_after(resources: Resources) -> float:
    """Return the seconds after which a job that is still in the queue is later than its author accepts."""
    return resources.acceptable_latency + resources.typical_seconds
