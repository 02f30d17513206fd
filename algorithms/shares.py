"""How much of an algorithm one client may hold while others wait: pure, from what the algorithm declares."""

from typing import Final

from algorithms.declaration import Resources

# A client's jobs within its share keep every task busy: one is computed and the next is there.
JOBS_PER_TASK: Final = 2
LEAST_JOBS: Final = 4
# A message group stays on its queue as long as it has an open job, and holds one task at a time.
TASKS_PER_GROUP: Final = 2


def fair_share(resources: Resources) -> int:
    """Return how many open jobs a client may have for its next one to go to the requests queue."""
    return max(LEAST_JOBS, JOBS_PER_TASK * resources.max_tasks)


def fair_groups(resources: Resources) -> int:
    """Return how many open jobs a client may have for another ordering key to begin on the requests queue.

    So the groups of one client hold half of the tasks at most, however many jobs they have.
    """
    return max(1, resources.max_tasks // TASKS_PER_GROUP)
