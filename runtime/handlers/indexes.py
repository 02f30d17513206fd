"""The jobs table's indexes, as the handlers ask them: which jobs of a client, and which whose end is not told."""

import time
from collections.abc import Iterator, Sequence
from typing import Any, Final

from runtime.contracts import keys
from runtime.handlers import many, store
from runtime.handlers.clients import client
from runtime.handlers.http import Problem

# So many items fit one answer of BatchGetItem, of 16 MB, however large they are.
BATCH: Final = 40


def entries(
    index: str,
    value: str,
    *,
    since: int = 0,
    after: store.Item | None = None,
    page: int = 100,
    newest_first: bool = True,
) -> Iterator[store.Item]:
    """Yield the keys of the jobs under `value`, newest first: `pk`, `t_accepted` and the index's attribute.

    `since` is a time in ms; `after` is the entry behind which to begin.
    """
    hash_key, range_key = keys.INDEXES[index]
    asked: dict[str, Any] = {
        "TableName": store.table(),
        "IndexName": index,
        # Not `since`: DynamoDB refuses to begin behind an entry that the condition leaves out.
        "KeyConditionExpression": f"{hash_key} = :value",
        "ExpressionAttributeValues": store.pack({":value": value}),
        "ScanIndexForward": not newest_first,
        "Limit": page,
    }
    start = store.pack(after) if after else None
    while True:
        found = client("dynamodb").query(**asked, **({"ExclusiveStartKey": start} if start else {}))
        for entry in map(store.unpack, found["Items"]):
            if entry[range_key] >= since:
                yield entry
            elif newest_first:
                return
        start = found.get("LastEvaluatedKey")
        if not start:
            return


def count(index: str, value: str, most: int) -> int:
    """Return how many items are under `value`, `most` or more if there are so many."""
    asked: dict[str, Any] = {
        "TableName": store.table(),
        "IndexName": index,
        "Select": "COUNT",
        "KeyConditionExpression": f"{keys.INDEXES[index][0]} = :value",
        "ExpressionAttributeValues": store.pack({":value": value}),
    }
    found = client("dynamodb").query(**asked)
    total: int = found["Count"]
    while total < most and (start := found.get("LastEvaluatedKey")):
        found = client("dynamodb").query(**asked, ExclusiveStartKey=start)
        total += found["Count"]
    return total


def items(pks: Sequence[str]) -> dict[str, store.Item]:
    """Return the items as of now, by key, without those that have expired; at most `BATCH` of them."""
    try:
        found = many.read(pks)
    except TimeoutError as error:
        raise Problem("unavailable", "The table did not give all items; try again in a moment.") from error
    return {pk: item for pk, item in found.items() if item.get("expires", time.time()) >= int(time.time())}
