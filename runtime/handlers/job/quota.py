"""How many jobs a client may have open; beyond that, the answer is 429.

They are counted by an index, which may be a moment late: calls at the same time can exceed the limit by a few.
"""

import os
from itertools import islice
from typing import Final

from runtime.contracts import handler_variables, keys, states
from runtime.handlers.problem import Problem
from runtime.handlers.table import indexes

OPEN_JOBS: Final = "5000"


def check_jobs(client_id: str) -> int:
    """Return how many open jobs the client has; raise a Problem if it has as many as it may."""
    most = int(os.environ.get(handler_variables.MAX_OPEN_JOBS, OPEN_JOBS))
    number = indexes.count(keys.UNPUBLISHED, client_id, most)
    if number >= most and _all_open(client_id):
        raise Problem(
            "too_many_open_jobs",
            f"This client has {most} jobs that have not ended, the limit that imaging:maxOpenJobs sets; "
            "send the next when some have ended, or cancel some.",
        )
    return number


def _all_open(client_id: str) -> bool:
    """Return whether a client's oldest entries are open jobs, not ended unpublished ones."""
    oldest = indexes.entries(keys.UNPUBLISHED, client_id, newest_first=False)
    jobs = indexes.items([entry["pk"] for entry in islice(oldest, indexes.BATCH)])
    return all(job["state"] in states.OPEN_STATES for job in jobs.values())
