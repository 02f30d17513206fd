"""Removes idle clients and frees their places on the results topics."""

import os
import random
import time
from collections.abc import Callable, Iterator
from typing import Final, NamedTuple

from botocore.exceptions import BotoCoreError, ClientError

from runtime.contracts import keys
from runtime.contracts.variables import handler_variables
from runtime.handlers.boto3_clients import boto3_client, ignore_missing
from runtime.handlers.client import client_queue, shards, unfinished
from runtime.handlers.client.leaving import cancel_open_jobs
from runtime.handlers.table import many, store

# A call frees at most this many places, and looks no longer for them: its caller waits for at most 30 s.
ENOUGH: Final = 20
SECONDS: Final = 15.0


class IdleClient(NamedTuple):
    """A client that may go: it has called nothing since `idle_since`, or its record is gone."""

    client_id: str
    subscription: str | None
    shard: int
    record: store.Item
    idle_since: int


def reclaim() -> int:
    """Remove some clients whose record is gone or that are idle, for one that finds no place; return how many.

    Can be repeated, and stopped at any point: a place is freed once, after queue and subscription are gone. The sweeper
    cancels the open jobs, and finishes what a stopped call began.
    """
    freed, end = 0, time.monotonic() + SECONDS
    for client in _idle_clients(lambda: time.monotonic() < end, []):
        freed += _revoke(client) and free(client)
        if freed >= ENOUGH or time.monotonic() > end:
            break
    return freed


def remove_idle_clients(has_time: Callable[[], bool]) -> tuple[int, list[str]]:
    """Remove all such clients as long as there is time; return how many, and what failed.

    Open jobs are cancelled first: a client with more than one call can cancel keeps its subscription, by which the next
    call finds it.
    """
    reaped, failures = 0, list[str]()
    for client in _idle_clients(has_time, failures):
        try:
            if _revoke(client) or "revoked" in client.record:
                cancel_open_jobs(client.client_id)
                reaped += free(client)
                unfinished.unmark(keys.client(client.client_id))
        except Exception as error:  # a failure must not stop the others
            failures.append(f"{client.client_id}: {type(error).__name__}")
        if not has_time():
            break
    return reaped, failures


def _idle_clients(has_time: Callable[[], bool], failures: list[str]) -> Iterator[IdleClient]:
    """Yield such clients as long as there is time; add to `failures` the shards that could not be looked at.

    It begins at any shard, so that each has its turn if there is no time for all: SNS lists 30 topics a second.
    """
    topics = shards.topics()
    taken = [number for number, clients in shards.clients(range(topics.count)).items() if clients]
    first = random.randrange(len(taken)) if taken else 0  # noqa: S311 - no secret
    for number in [*taken[first:], *taken[:first]]:
        if not has_time():
            return
        try:
            yield from _idle_on(number, topics.arn(number))
        except (ClientError, BotoCoreError, TimeoutError) as error:  # the others can be looked at
            failures.append(f"shard {number}: {type(error).__name__}")


def _idle_on(number: int, topic: str) -> Iterator[IdleClient]:
    for listed in boto3_client("sns").get_paginator("list_subscriptions_by_topic").paginate(TopicArn=topic):
        page = client_queue.subscribed(topic, listed["Subscriptions"])
        # Raises if some are left out: a client whose record was not read must not be taken for one without.
        records = many.read([keys.client(each) for each in page])
        for client_id, subscription in page.items():
            record = records.get(keys.client(client_id), {})
            idle_since = store.now_ms() - _idle_seconds(record) * 1000
            if record.get("last_seen", 0) < idle_since:
                yield IdleClient(client_id, subscription, number, record, idle_since)


def _idle_seconds(record: store.Item) -> int:
    most = int(os.environ.get(handler_variables.CLIENT_IDLE_SECONDS, keys.CLIENT_IDLE_SECONDS))
    return min(most, int(record.get("idle_seconds", most)))


def reclaim_one(client_id: str, record: store.Item) -> bool:
    """Remove a client of a sign-in that has too many, if it has called nothing for `keys.SPARE_CLIENT_IDLE_SECONDS`."""
    idle_since = store.now_ms() - keys.SPARE_CLIENT_IDLE_SECONDS * 1000
    if record["last_seen"] >= idle_since or "subscription_arn" not in record:
        return False
    client = IdleClient(client_id, record["subscription_arn"], int(record["shard"]), record, idle_since)
    return _revoke(client) and free(client)


def free(client: IdleClient) -> bool:
    """Remove what a revoked client has; return whether that freed its place: another call may have done so."""
    client_queue.remove(None, client.subscription)
    try:
        address = boto3_client("sqs").get_queue_url(QueueName=client_queue.name(client.client_id))["QueueUrl"]
        client_queue.delete(boto3_client("sqs"), address)
    except ClientError as error:
        ignore_missing(error)
    if "provision_key" in client.record:
        store.delete(
            keys.provision(client.record["provision_key"]), "client_id = :client", {":client": client.client_id}
        )
    return shards.release_once(client.shard, keys.client(client.client_id))


def _revoke(client: IdleClient) -> bool:
    """Revoke the token of a client that is still idle, or take the place of a record that is gone."""
    pk, now, revoked = keys.client(client.client_id), store.now_ms(), unfinished.revoked()
    return store.change(pk, revoked, "last_seen < :idle", {":idle": client.idle_since}, ("subject",)) or store.put_new(
        {"pk": pk, "shard": client.shard, "last_seen": 0, "created": now, **revoked}
    )
