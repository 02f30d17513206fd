"""Finishes what a dead function began with a client: one that was never ready, or not wholly removed, is removed."""

from collections.abc import Callable
from typing import Final

from runtime.contracts import keys
from runtime.handlers.client import client_queue, shards, unfinished
from runtime.handlers.client.leaving import cancel_open_jobs
from runtime.handlers.client.reclaim import IdleClient, free
from runtime.handlers.problem import Problem
from runtime.handlers.table import store

REMOVED: Final = "removed_clients"
# From its first step to its last, most of it to cancel open jobs; the rest is for the next minute.
LONGEST_MS: Final = 25_000
# No call takes the minutes after which the sweeper looks: whoever began to make it is dead.
_NEVER_READY: Final = "attribute_exists(pk) AND attribute_not_exists(token_sha256) AND attribute_not_exists(revoked)"


def is_client(item: store.Item) -> bool:
    """Return whether an item, or an entry of an index, is a client and not a job."""
    return item["pk"].startswith(keys.client(""))


def finish(record: store.Item, has_time: Callable[[int], bool]) -> str | None:
    """Remove an unfinished client and return that; None if there was nothing to do. Each step may be repeated."""
    if unfinished.MARK not in record or not has_time(LONGEST_MS):
        return None
    if "revoked" in record:  # it must not expire before its place is free
        store.change(record["pk"], {"expires": store.expires(keys.REVOKED_CLIENT_TTL_SECONDS)})
    elif not store.change(record["pk"], unfinished.revoked(), _NEVER_READY, remove=("subject",)):
        # an earlier release made it ready, and knows no mark
        unfinished.unmark(record["pk"], "attribute_exists(token_sha256) AND attribute_not_exists(revoked)")
        return None
    client_id, shard = record["pk"].removeprefix(keys.client("")), int(record["shard"])
    # its function may have died before it noted the subscription
    subscription = record.get("subscription_arn") or client_queue.subscription(client_id, shards.topics().arn(shard))
    freed = free(IdleClient(client_id, subscription, shard, record, 0))
    try:
        cancelled = cancel_open_jobs(client_id)
    except Problem:  # there are more than one call can cancel: the next minute goes on
        return REMOVED
    unfinished.unmark(record["pk"])
    return REMOVED if freed or cancelled else None
