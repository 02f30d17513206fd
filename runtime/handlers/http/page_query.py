"""What the queries of all paged lists of jobs have in common: an algorithm, a time, and the cursor of a page."""

import re
from collections.abc import Sequence
from typing import Final, NamedTuple

from runtime.handlers.problem import faults
from runtime.handlers.table import cursors

_ALGORITHM: Final = re.compile(r"[a-z0-9_-]{1,24}")
_SINCE: Final = re.compile(r"[0-9]{1,15}")


class PageQuery(NamedTuple):
    """The algorithm, or None for any; the earliest time in ms since the epoch; the place after which a page begins."""

    algorithm: str | None
    since: int
    after: tuple[int, str] | None


def read(query: dict[str, str], own: Sequence[tuple[str, str]]) -> PageQuery:
    """Return these parts of a query; raise one Problem with every fault, the list's `own` ones first."""
    algorithm, since = query.get("algorithm"), query.get("since", "0")
    errors = list(own)
    if algorithm is not None and not _ALGORITHM.fullmatch(algorithm):
        errors.append(("?algorithm", "must be the name of an algorithm"))
    if not _SINCE.fullmatch(since):
        errors.append(("?since", "must be a time in whole milliseconds since the epoch, such as 1767225600000"))
    after = cursors.decode(query["cursor"]) if "cursor" in query else None
    if "cursor" in query and after is None:
        errors.append(("?cursor", "must be the cursor of an earlier page, as it was answered"))
    if errors:
        raise faults(errors)
    return PageQuery(algorithm, int(since), after)
