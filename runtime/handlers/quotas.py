"""How many jobs a client may have open, and how many clients one sign-in may have; beyond that, the answer is 429.

They are counted by an index, which may be a moment late: calls at the same time can exceed the limit by a few.
"""

import os
from itertools import islice
from typing import Final

from runtime.contracts import keys, states
from runtime.handlers import indexes
from runtime.handlers.http import Problem
from runtime.handlers.reclaim import reclaim_one

OPEN_JOBS: Final = "5000"
CLIENTS: Final = "50"
ENOUGH: Final = 5  # clients that one call removes at most


def check_jobs(client_id: str) -> int:
    """Return how many open jobs the client has; raise a Problem if it has as many as it may."""
    most = int(os.environ.get("MAX_OPEN_JOBS", OPEN_JOBS))
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


def _free(subject: str) -> int:
    """Remove the clients of a sign-in that have called nothing for long, such as closed browser tabs."""
    pks = [entry["pk"] for entry in indexes.entries(keys.BY_SUBJECT, subject, newest_first=False)]
    freed = 0
    for start in range(0, len(pks), indexes.BATCH):
        for pk, record in indexes.items(pks[start : start + indexes.BATCH]).items():
            freed += reclaim_one(pk.removeprefix(keys.client("")), record)
            if freed == ENOUGH:
                return freed
    return freed


def check_clients(subject: str) -> None:
    """Raise a Problem if whoever signed in as `subject` (its digest) has as many clients as it may."""
    most = int(os.environ.get("MAX_CLIENTS_PER_SUBJECT", CLIENTS))
    if indexes.count(keys.BY_SUBJECT, subject, most) >= most and not _free(subject):
        raise Problem(
            "too_many_own_clients",
            f"This sign-in has {most} clients, the limit that imaging:maxClientsPerSubject sets; "
            "remove one with DELETE /provision.",
        )
