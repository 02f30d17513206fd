"""Places clients on the shards of the results topic: SNS takes only so many subscriptions of one FIFO topic."""

import json
import os
from typing import Any

from runtime.contracts import keys
from runtime.handlers import store
from runtime.handlers.http import Problem


def topics() -> list[str]:
    """Return the ARNs of the results topics; the index is the shard."""
    return json.loads(os.environ["RESULTS_TOPIC_ARNS"])


def reserve(record: store.Item) -> store.Item:
    """Write the client's record together with its place on the first shard with room; return it as it stands."""
    most = {":most": int(os.environ["CLIENTS_PER_SHARD"])}
    for number in range(len(topics())):
        placed = {**record, "shard": number}
        put = {
            "TableName": store.table(),
            "Item": store.pack(placed),
            # DynamoDB may take days to remove what has expired.
            "ConditionExpression": "attribute_not_exists(pk) OR expires < :now",
            "ExpressionAttributeValues": store.pack({":now": store.now_ms() // 1000}),
        }
        room = "attribute_not_exists(clients) OR clients < :most"
        if store.transact({"Update": _count(number, 1, room, most)}, {"Put": put}):
            return placed
        known = store.get(record["pk"])
        if known:  # another call with the same key was faster
            return known
    raise Problem("too_many_clients", "Every results topic is full; the operator can raise the number of shards.")


def release(number: int, *actions: dict[str, Any]) -> bool:
    """Give the client's place free together with `actions`, or do nothing of it; return whether it was done."""
    return store.transact(*actions, {"Update": _count(number, -1, "clients > :none", {":none": 0})})


def release_once(number: int, pk: str) -> bool:
    """Give the place of a removed client free, however often this is called; return whether this call did."""
    return release(number, {"Update": store.update(pk, {"released": store.now_ms()}, "attribute_not_exists(released)")})


def _count(number: int, by: int, condition: str, values: store.Item) -> dict[str, Any]:
    return {
        "TableName": store.table(),
        "Key": store.pack({"pk": keys.shard(number)}),
        "UpdateExpression": "ADD clients :by",
        "ConditionExpression": condition,
        "ExpressionAttributeValues": store.pack({":by": by, **values}),
    }
