"""`GET /operations/failures`: the failures of all clients, newest first, a page at a time.

A failed job is in an index by its code until an operator retries or discards it, so a look costs by the number of
failures, not of jobs.
"""

import heapq
import json
from collections.abc import Iterator
from itertools import groupby, islice
from typing import Any, Final, NamedTuple

from runtime.contracts import keys
from runtime.contracts.codes import CODES
from runtime.handlers.http import page_query
from runtime.handlers.table import cursors, indexes, many, store

PAGE: Final = 50
# At most this many jobs are looked at for a page, even if few of them are of the algorithm.
LOOKED_AT: Final = 1000
REASONS: Final = tuple(sorted(code for code, meaning in CODES.items() if not meaning.status))
ATTRIBUTES: Final = (
    "pk",
    "client_id",
    "algorithm",
    "state",
    "attempts",
    "t_accepted",
    "t_published",
    "error",
    keys.FAILED_FOR,
)


class Selection(NamedTuple):
    """Which failures a query selects."""

    reasons: tuple[str, ...]
    algorithm: str | None
    since: int
    after: tuple[int, str] | None


def read(query: dict[str, str]) -> Selection:
    """Return which failures a query selects; raise one Problem with every fault."""
    reason = query.get("reason")
    wrong = reason is not None and reason not in REASONS
    own = [("?reason", f"must be one of {', '.join(REASONS)}")] if wrong else []
    return Selection((reason,) if reason else REASONS, *page_query.read(query, own))


def answer(query: dict[str, str]) -> dict[str, Any]:
    """Return a page of the failures that a query selects, and the cursor of the next page if there may be one."""
    selection = read(query)
    entries = _entries(selection)
    failures: list[dict[str, Any]] = []
    for looked_at in range(PAGE, LOOKED_AT + 1, PAGE):
        chunk = list(islice(entries, PAGE))
        jobs = many.read([entry["pk"] for entry in chunk], attributes=ATTRIBUTES)
        for place, entry in enumerate(chunk, start=1):
            job = jobs.get(entry["pk"], {})
            # the index may be a moment late
            if keys.FAILED_FOR in job and selection.algorithm in (None, job["algorithm"]):
                failures.append(_failure(job))
            if len(failures) == PAGE and (place < len(chunk) or len(chunk) == PAGE):
                return {"failures": failures, "cursor": cursors.encode(entry)}
        if len(chunk) < PAGE:
            break
        if looked_at == LOOKED_AT:
            return {"failures": failures, "cursor": cursors.encode(chunk[-1])}
    return {"failures": failures, "cursor": None}


def _entries(selection: Selection) -> Iterator[store.Item]:
    """Yield the entries of all reasons after the cursor's, newest first."""
    until = selection.after[0] if selection.after else None
    of_reasons = [_of_reason(code, selection.since, until) for code in selection.reasons]
    for entry in heapq.merge(*of_reasons, key=_place, reverse=True):
        if selection.after is None or _place(entry) < selection.after:
            yield entry


def _of_reason(code: str, since: int, until: int | None) -> Iterator[store.Item]:
    # DynamoDB does not order those that were accepted in the same millisecond by their ids, as cursors need it
    entries = indexes.entries(keys.FAILED, code, since=since, until=until)
    for _, together in groupby(entries, key=lambda entry: entry["t_accepted"]):
        yield from sorted(together, key=_place, reverse=True)


def _place(entry: store.Item) -> tuple[int, str]:
    return entry["t_accepted"], keys.job_id(entry["pk"])


def _failure(job: store.Item) -> dict[str, Any]:
    return {
        "job_id": keys.job_id(job["pk"]),
        "client_id": job["client_id"],
        "algorithm": job["algorithm"],
        "state": job["state"],
        "attempts": job.get("attempts", 0),
        "accepted_at": job["t_accepted"],
        "published_at": job.get("t_published"),
        "error": json.loads(job["error"]),
    }
