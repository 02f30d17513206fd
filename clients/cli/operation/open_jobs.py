"""What the jobs table says of each algorithm: its oldest open job, and which jobs failed of late.

Both are read by an index that holds keys alone, so the look is cheap however large the results in the table are.
"""

import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from clients.cli.operation.system import System
from runtime.contracts import keys, states
from runtime.contracts.items import pack, unpack

AT_ONCE: Final = 100  # items that DynamoDB answers in one call
PAUSE: Final = 0.1  # seconds before what DynamoDB was too busy for is asked for again
# Jobs that are read at most: of the open ones the oldest, of those of the last hours the newest.
MOST: Final = 20_000
READ: Final = ("pk", "state", "algorithm", "t_accepted", "t_published")
FAILED: Final = (states.FAILED, states.TIMED_OUT)
Item = dict[str, Any]


@dataclass(slots=True)
class Look:
    """When each algorithm's oldest open job was accepted (ms), how many jobs failed, and whether all jobs were read."""

    oldest: dict[str, int] = field(default_factory=dict[str, int])
    failed: Counter[str] = field(default_factory=Counter[str])
    whole: bool = True


def look(system: System, now: int, within: int, most: int = MOST) -> Look:
    """Look at the open jobs, and at those that ended failed or timed out in the last `within` ms before `now`.

    A job that ended so is found if it was accepted in the day before that.
    """
    table = system.boto3_client("dynamodb")
    found = Look()
    opened = sorted(_entries(table, system.table, keys.UNPUBLISHED, 0), key=_accepted)
    for job in _jobs(table, system.table, opened[:most]):
        if job["state"] in states.OPEN_STATES:
            earliest = min(job["t_accepted"], found.oldest.get(job["algorithm"], now))
            found.oldest[job["algorithm"]] = earliest
    recent = sorted(_entries(table, system.table, keys.BY_CLIENT, now - within - 24 * 3_600_000), key=_accepted)
    for job in _jobs(table, system.table, recent[-most:]):
        if job["state"] in FAILED and job.get("t_published", now) >= now - within:
            found.failed[job["algorithm"]] += 1
    found.whole = max(len(opened), len(recent)) <= most
    return found


def _accepted(entry: Item) -> int:
    return entry["t_accepted"]


def _entries(table: Any, name: str, index: str, since: int) -> Iterator[Item]:
    """Yield the jobs of an index that were accepted since then."""
    pages = table.get_paginator("scan").paginate(
        TableName=name,
        IndexName=index,
        FilterExpression="t_accepted >= :since AND begins_with(pk, :job)",
        ExpressionAttributeValues=pack({":since": since, ":job": keys.job("")}),
    )
    for page in pages:
        yield from map(unpack, page["Items"])


def _jobs(table: Any, name: str, entries: Sequence[Item]) -> Iterator[Item]:
    names = {f"#{each}": each for each in READ}
    for start in range(0, len(entries), AT_ONCE):
        wanted: dict[str, Any] = {
            name: {
                "Keys": [pack({"pk": entry["pk"]}) for entry in entries[start : start + AT_ONCE]],
                "ProjectionExpression": ", ".join(names),
                "ExpressionAttributeNames": names,
            }
        }
        while wanted:
            answer = table.batch_get_item(RequestItems=wanted)
            yield from map(unpack, answer["Responses"].get(name, ()))
            wanted = answer.get("UnprocessedKeys") or {}
            time.sleep(PAUSE if wanted else 0)
