"""Reads jobs from the jobs table: by an index that holds keys alone, then of each job only what is asked for.

So a look is cheap however large the results in the table are.
"""

import time
from collections.abc import Iterator, Sequence
from typing import Any, Final

from runtime.contracts import keys, states
from runtime.contracts.items import pack, unpack
from runtime.operation.system import System

AT_ONCE: Final = 100  # items that DynamoDB answers in one call
PAUSE: Final = 0.1  # seconds before what DynamoDB was too busy for is asked for again
# Jobs that are read at most: of the open ones the oldest, of those of the last hours the newest.
MOST: Final = 20_000
DAY_MS: Final = 24 * 3_600_000
Item = dict[str, Any]


def opened(system: System, attributes: Sequence[str], most: int = MOST) -> tuple[list[Item], bool]:
    """Return these attributes of the open jobs, and whether that is all of them; else of the oldest."""
    entries = sorted(_entries(system, keys.UNPUBLISHED, 0), key=_accepted)
    jobs = [job for job in _jobs(system, entries[:most], attributes) if job["state"] in states.OPEN_STATES]
    return jobs, len(entries) <= most


def ended(
    system: System, now: int, within: int, attributes: Sequence[str], most: int = MOST
) -> tuple[list[Item], bool]:
    """Return these attributes of the jobs that ended in the last `within` ms before `now`, and whether that is all.

    A job is found if it was accepted in the day before that; if there are more than `most`, the newest are read.
    """
    entries = sorted(_entries(system, keys.BY_CLIENT, now - within - DAY_MS), key=_accepted)
    read = _jobs(system, entries[-most:], (*attributes, "t_published"))
    jobs = [job for job in read if job["state"] in states.END_STATES and job.get("t_published", now) >= now - within]
    return jobs, len(entries) <= most


def _accepted(entry: Item) -> int:
    return entry["t_accepted"]


def _entries(system: System, index: str, since: int) -> Iterator[Item]:
    """Yield the jobs of an index that were accepted since then."""
    pages = (
        system.boto3_client("dynamodb")
        .get_paginator("scan")
        .paginate(
            TableName=system.table,
            IndexName=index,
            FilterExpression="t_accepted >= :since AND begins_with(pk, :job)",
            ExpressionAttributeValues=pack({":since": since, ":job": keys.job("")}),
        )
    )
    for page in pages:
        yield from map(unpack, page["Items"])


def _jobs(system: System, entries: Sequence[Item], attributes: Sequence[str]) -> Iterator[Item]:
    names = {f"#{each}": each for each in ("pk", "state", *attributes)}
    table = system.boto3_client("dynamodb")
    for start in range(0, len(entries), AT_ONCE):
        wanted: dict[str, Any] = {
            system.table: {
                "Keys": [pack({"pk": entry["pk"]}) for entry in entries[start : start + AT_ONCE]],
                "ProjectionExpression": ", ".join(names),
                "ExpressionAttributeNames": names,
            }
        }
        while wanted:
            answer = table.batch_get_item(RequestItems=wanted)
            yield from map(unpack, answer["Responses"].get(system.table, ()))
            wanted = answer.get("UnprocessedKeys") or {}
            time.sleep(PAUSE if wanted else 0)
