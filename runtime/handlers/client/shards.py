"""Places clients on the shards of the results topic: SNS takes only so many subscriptions of one FIFO topic."""

import os
from collections.abc import Sequence
from typing import Any, Final

from runtime.contracts import keys, shard_topics
from runtime.contracts.shard_topics import ShardTopics
from runtime.contracts.variables import handler_variables
from runtime.handlers.problem import Problem
from runtime.handlers.table import many, store

# So many shards are tried after their counters were read; each had room a moment ago.
TRIES: Final = 5
# Where this function found room last, which is where it looks first.
_last: Final = {"shard": 0}


def topics() -> ShardTopics:
    """Return the clients' results topics."""
    return shard_topics.read(os.environ)


def places() -> int:
    """Return how many clients one shard takes."""
    return int(os.environ[handler_variables.CLIENTS_PER_SHARD])


def clients(numbers: Sequence[int]) -> dict[int, int]:
    """Return how many clients each of these shards has: one call of AWS for each hundred."""
    items = many.read([keys.shard(number) for number in numbers])
    return {number: items.get(keys.shard(number), {}).get("clients", 0) for number in numbers}


def reserve(record: store.Item) -> store.Item:
    """Write the client's record together with its place on a shard with room; return it as it stands.

    However many shards are full, this takes a transaction on the shard that had room last, a look at all counters
    (nine calls for 900 shards) and at most `TRIES` transactions. The shards fill in the order of their numbers, so
    that the last ones can be removed.
    """
    count = topics().count
    if _last["shard"] < count and (placed := _place(record, _last["shard"])):
        return placed
    roomy = [(number, taken) for number, taken in clients(range(count)).items() if taken < places()]
    if not roomy:
        raise Problem("too_many_clients", "Every results topic is full; the operator can raise the number of shards.")
    # If another call takes the last place, the emptiest shards are the next to try.
    emptiest = sorted(roomy[1:], key=lambda shard: shard[1])
    for number, _ in [roomy[0], *emptiest][:TRIES]:
        if placed := _place(record, number):
            _last["shard"] = number
            return placed
    raise Problem("unavailable", "Too many clients come at once; try again in a moment.")


def release(number: int, *actions: dict[str, Any]) -> bool:
    """Give the client's place free together with `actions`, or do nothing of it; return whether it was done."""
    return store.transact(*actions, {"Update": _count(number, -1, "clients > :none", {":none": 0})})


def release_once(number: int, pk: str) -> bool:
    """Give the place of a removed client free, however often this is called; return whether this call did."""
    return release(number, {"Update": store.update(pk, {"released": store.now_ms()}, "attribute_not_exists(released)")})


def _place(record: store.Item, number: int) -> store.Item | None:
    """Write the client's record with a place on this shard; return it as it stands, or None if there is no room."""
    placed = {**record, "shard": number}
    put = {
        "TableName": store.table(),
        "Item": store.pack(placed),
        # DynamoDB may take days to remove what has expired.
        "ConditionExpression": "attribute_not_exists(pk) OR expires < :now",
        "ExpressionAttributeValues": store.pack({":now": store.now_ms() // 1000}),
    }
    room = "attribute_not_exists(clients) OR clients < :most"
    if store.transact({"Update": _count(number, 1, room, {":most": places()})}, {"Put": put}):
        return placed
    return store.get(record["pk"])  # there is one if another call with the same key was faster


def _count(number: int, by: int, condition: str, values: store.Item) -> dict[str, Any]:
    return {
        "TableName": store.table(),
        "Key": store.pack({"pk": keys.shard(number)}),
        "UpdateExpression": "ADD clients :by",
        "ConditionExpression": condition,
        "ExpressionAttributeValues": store.pack({":by": by, **values}),
    }
