"""How many jobs a client may have open, and how many clients one sign-in may have: beyond, an answer is 429.

They are counted by an index, which may be a moment late: calls at the same time can pass the limit by a few.
"""

import os
from typing import Final

from runtime.contracts import keys
from runtime.handlers import indexes
from runtime.handlers.http import Problem

OPEN_JOBS: Final = "5000"
CLIENTS: Final = "50"


def check_jobs(client_id: str) -> None:
    """Raise a Problem if the client has as many open jobs as it may."""
    most = int(os.environ.get("MAX_OPEN_JOBS", OPEN_JOBS))
    if indexes.count(keys.UNTOLD, client_id, most) >= most:
        raise Problem(
            "too_many_open_jobs",
            f"This client has {most} jobs that have not ended, the most that imaging:maxOpenJobs lets it have; "
            "send the next when some have ended, or cancel some.",
        )


def check_clients(subject: str) -> None:
    """Raise a Problem if whoever signed in as `subject` (its digest) has as many clients as it may."""
    most = int(os.environ.get("MAX_CLIENTS_PER_SUBJECT", CLIENTS))
    if indexes.count(keys.BY_SUBJECT, subject, most) >= most:
        raise Problem(
            "too_many_own_clients",
            f"This sign-in has {most} clients, the most that imaging:maxClientsPerSubject lets it have; "
            "remove one with DELETE /provision.",
        )
