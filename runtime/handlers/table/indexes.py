"""Queries the jobs table's indexes: a client's jobs, and the unpublished jobs."""

import time
from collections.abc import Iterator, Sequence
from typing import Any, Final

from runtime.contracts import keys
from runtime.handlers.boto3_clients import boto3_client
from runtime.handlers.problem import Problem
from runtime.handlers.table import many, store

# This many items fit into one answer of BatchGetItem, of 16 MB, however large they are.
BATCH: Final = 40


def entries(
    index: str,
    value: str,
    *,
    since: int = 0,
    until: int | None = None,
    after: store.Item | None = None,
    page: int = 100,
    newest_first: bool = True,
) -> Iterator[store.Item]:
    """Yield the keys of the jobs under `value`, newest first: `pk`, `t_accepted` and the index's attribute.

    `since` and `until` are times in ms, both included; `after` is the entry after which to begin.
    """
    hash_key, range_key = keys.INDEXES[index]
    query: dict[str, Any] = {
        "TableName": store.table(),
        "IndexName": index,
        # Not `since`: DynamoDB refuses to begin after an entry that the condition leaves out.
        "KeyConditionExpression": f"{hash_key} = :value" + ("" if until is None else f" AND {range_key} <= :until"),
        "ExpressionAttributeValues": store.pack({":value": value} | ({} if until is None else {":until": until})),
        "ScanIndexForward": not newest_first,
        "Limit": page,
    }
    start = store.pack(after) if after else None
    while True:
        answer = boto3_client("dynamodb").query(**query, **({"ExclusiveStartKey": start} if start else {}))
        for entry in map(store.unpack, answer["Items"]):
            if entry[range_key] >= since:
                yield entry
            elif newest_first:
                return
        start = answer.get("LastEvaluatedKey")
        if not start:
            return


def count(index: str, value: str, most: int) -> int:
    """Return how many items are under `value`, `most` or more if there are so many."""
    query: dict[str, Any] = {
        "TableName": store.table(),
        "IndexName": index,
        "Select": "COUNT",
        "KeyConditionExpression": f"{keys.INDEXES[index][0]} = :value",
        "ExpressionAttributeValues": store.pack({":value": value}),
    }
    answer = boto3_client("dynamodb").query(**query)
    total: int = answer["Count"]
    while total < most and (start := answer.get("LastEvaluatedKey")):
        answer = boto3_client("dynamodb").query(**query, ExclusiveStartKey=start)
        total += answer["Count"]
    return total


def items(pks: Sequence[str]) -> dict[str, store.Item]:
    """Return the items as of now, by key, without those that have expired; at most `BATCH` of them."""
    try:
        all_items = many.read(pks)
    except TimeoutError as error:
        raise Problem("unavailable", "The jobs table did not return all items; try again in a moment.") from error
    return {pk: item for pk, item in all_items.items() if item.get("expires", time.time()) >= int(time.time())}
