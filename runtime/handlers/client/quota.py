"""How many clients one sign-in may have; beyond that, the answer is 429.

They are counted by an index, which may be a moment late: calls at the same time can exceed the limit by a few.
"""

import os
from typing import Final

from runtime.contracts import keys
from runtime.contracts.variables import handler_variables
from runtime.handlers.client.reclaim import reclaim_one
from runtime.handlers.problem import Problem
from runtime.handlers.table import indexes

CLIENTS: Final = "50"
ENOUGH: Final = 5  # clients that one call removes at most


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
    most = int(os.environ.get(handler_variables.MAX_CLIENTS_PER_SUBJECT, CLIENTS))
    if indexes.count(keys.BY_SUBJECT, subject, most) >= most and not _free(subject):
        raise Problem(
            "too_many_own_clients",
            f"This sign-in has {most} clients, the limit that imaging:maxClientsPerSubject sets; "
            "remove one with DELETE /provision.",
        )
