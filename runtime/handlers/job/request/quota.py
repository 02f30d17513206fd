"""How many jobs a client may have open; beyond that, the answer is 429.

They are counted by an index, which may be a moment late: calls at the same time can exceed the limit by a few.
"""

import os
from itertools import islice
from typing import Final

from runtime.contracts import keys, states
from runtime.contracts.variables import handler_variables
from runtime.handlers.problem import Problem
from runtime.handlers.table import indexes

OPEN_JOBS: Final = "5000"


def most_jobs() -> int:
    """Return how many open jobs a client may have."""
    return int(os.environ.get(handler_variables.MAX_OPEN_JOBS, OPEN_JOBS))


def check_jobs(client_id: str, more: int = 1) -> int:
    """Return how many open jobs the client has; raise a Problem if it would have too many with `more` of them."""
    most = most_jobs()
    number = indexes.count(keys.UNPUBLISHED, client_id, most)
    if number + more > most and _all_open(client_id):
        several = f", and this request has {more}" if more > 1 else ""
        raise Problem(
            "too_many_open_jobs",
            f"This client has {number} jobs that have not ended{several}; the limit that imaging:maxOpenJobs sets is "
            f"{most}: send the next when some have ended, or cancel some.",
        )
    return number


def _all_open(client_id: str) -> bool:
    """Return whether a client's oldest entries are open jobs, not ended unpublished ones."""
    oldest = indexes.entries(keys.UNPUBLISHED, client_id, newest_first=False)
    jobs = indexes.items([entry["pk"] for entry in islice(oldest, indexes.BATCH)])
    # A batch has no state, and stands there as long as its jobs are being sent.
    return all(job.get("state", states.ACCEPTED) in states.OPEN_STATES for job in jobs.values())
