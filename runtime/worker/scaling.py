"""How many tasks a service should have: one pure policy, for AWS's scaling and the local supervisor alike."""

import math

from algorithms.declaration import Resources
from algorithms.scaling import target_backlog

__all__ = ["desired_tasks", "target_backlog"]

# A service gives tasks back only when the rest can carry a quarter more than there is: a load that wavers around a
# whole number of tasks starts and stops none.
SLACK = 0.75


def desired_tasks(resources: Resources, visible: int, in_flight: int, running: int, groups: int | None = None) -> int:
    """Return the number of tasks to have now.

    Parameters
    ----------
    resources : the algorithm's declaration: bounds, acceptable latency, typical seconds.
    visible, in_flight : messages of its requests queue that wait, and that a task holds.
    running : tasks now.
    groups : message groups that can be worked on at the same time, where known: more tasks than that would idle.
    """
    if visible + in_flight == 0:
        return resources.min_tasks
    wanted = _tasks(visible + in_flight, target_backlog(resources), running)
    if groups is not None:
        wanted = min(wanted, groups)
    return max(1, resources.min_tasks, min(wanted, resources.max_tasks))


def _tasks(jobs: int, target: float, running: int) -> int:
    tasks = max(running, 1)
    backlog = jobs / tasks
    if backlog > target:
        return math.ceil(tasks * backlog / target)
    return min(tasks, math.ceil(tasks * backlog / (target * SLACK)))
