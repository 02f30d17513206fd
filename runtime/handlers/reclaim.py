"""Frees the places on the results topics of clients that left without a word."""

import os
from collections.abc import Callable, Iterator
from typing import Final

from botocore.exceptions import ClientError

from runtime.contracts import keys
from runtime.handlers import client_queue, many, shards, store
from runtime.handlers.boto3_clients import boto3_client
from runtime.handlers.leaving import cancel_open_jobs

# A call frees at most this many places: its caller waits for at most 30 s.
ENOUGH: Final = 20


def reclaim() -> int:
    """Remove some clients whose record is gone or that are idle, for one that finds no place; return how many.

    Can be repeated, and stopped at any point: a place is freed once, after queue and subscription are gone.
    """
    freed = 0
    for client_id, subscription, number, idle_since in _left():
        freed += _remove(client_id, subscription, number, idle_since)
        if freed >= ENOUGH:
            break
    return freed


def reap(has_time: Callable[[], bool]) -> int:
    """Remove all such clients as long as there is time, and cancel their open jobs; return how many clients."""
    reaped = 0
    for client_id, subscription, number, idle_since in _left():
        if not has_time():
            break
        if _remove(client_id, subscription, number, idle_since):
            reaped += 1
            cancel_open_jobs(client_id)
    return reaped


def _left() -> Iterator[tuple[str, str, int, int]]:
    """Yield each client that may go, its subscription, its shard, and since when it must have called nothing."""
    for number, topic in enumerate(shards.topics()):
        for listed in boto3_client("sns").get_paginator("list_subscriptions_by_topic").paginate(TopicArn=topic):
            page = client_queue.subscribed(topic, listed["Subscriptions"])
            # Raises if some are left out: a client whose record was not read must not be taken for one without.
            records = many.read([keys.client(each) for each in page])
            for client_id, subscription in page.items():
                record = records.get(keys.client(client_id))
                idle_since = store.now_ms() - _idle_seconds(record) * 1000
                if record is None or record["last_seen"] < idle_since:
                    yield client_id, subscription, number, idle_since


def _idle_seconds(record: store.Item | None) -> int:
    most = int(os.environ.get("CLIENT_IDLE_SECONDS", keys.CLIENT_IDLE_SECONDS))
    return min(most, int((record or {}).get("idle_seconds", most)))


def reclaim_one(client_id: str, record: store.Item) -> bool:
    """Remove a client of a sign-in that has too many, if it has called nothing for `keys.SPARE_CLIENT_IDLE_SECONDS`."""
    idle_since = store.now_ms() - keys.SPARE_CLIENT_IDLE_SECONDS * 1000
    if record["last_seen"] >= idle_since or "subscription_arn" not in record:
        return False
    return _remove(client_id, record["subscription_arn"], int(record["shard"]), idle_since)


def _remove(client_id: str, subscription: str, number: int, idle_since: int) -> bool:
    """Remove what a client has; return whether that freed its place: it may be back, or removed by another call."""
    if not _revoke(client_id, number, idle_since):
        return False
    client_queue.unsubscribe(boto3_client("sns"), subscription)
    try:
        address = boto3_client("sqs").get_queue_url(QueueName=client_queue.name(client_id))["QueueUrl"]
        client_queue.delete(boto3_client("sqs"), address)
    except ClientError as error:
        client_queue.ignore_missing(error)
    return shards.release_once(number, keys.client(client_id))


def _revoke(client_id: str, number: int, idle_since: int) -> bool:
    """Revoke the token of a client that is still idle, or take the place of a record that is gone."""
    pk, now = keys.client(client_id), store.now_ms()
    revoked = {"revoked": now, "expires": store.expires(keys.REVOKED_CLIENT_TTL_SECONDS)}
    return store.change(pk, revoked, "last_seen < :idle", {":idle": idle_since}, ("subject",)) or store.put_new(
        {"pk": pk, "shard": number, "last_seen": 0, "created": now, **revoked}
    )
