"""Removes the clients' queues when the stack is destroyed, and refuses to remove shards on which clients live.

The deployment calls it when the stack is made, updated and destroyed. A topic takes its subscriptions with it
(https://docs.aws.amazon.com/sns/latest/api/API_DeleteTopic.html), so only the queues are removed here.
"""

import os
from collections import Counter
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Final, TypeVar

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from runtime.contracts import shard_topics
from runtime.contracts.variables import handler_names, handler_variables
from runtime.handlers.boto3_clients import CONFIG
from runtime.handlers.client import client_queue, shards
from runtime.handlers.log import Line

DELETE: Final = "delete"
# 900 shards of 100 clients are 90,000 queues, which are listed by the thousand. 64 threads delete them within the
# function's 900 s even if a call takes 0.6 s on average.
THREADS: Final = 64
# If AWS throttles the calls, botocore slows down by itself and tries again.
PATIENT: Final = CONFIG.merge(Config(retries={"mode": "adaptive", "max_attempts": 10}, max_pool_connections=THREADS))
# At most this many shards are named in an error.
SHOWN: Final = 10
Names = list[str]
T = TypeVar("T")


class CleanupError(RuntimeError):
    """Something could not be removed; the message says how much, and why."""


class ShardsInUseError(RuntimeError):
    """An update would remove shards on which clients live; the message says which, and what to do."""


def handler(event: dict[str, Any], context: Any) -> dict[str, int]:
    """Remove the clients' queues if the deployment says that it is deleting; else look at the shards. Repeatable.

    An update says in `shards` how many are left: it calls before it removes a topic, and removes none if this fails.
    One refusal does not keep the other queues from being removed. Raises CleanupError at the end if anything is left,
    and ShardsInUseError if clients live on a shard that would be removed.
    """
    line = Line(handler_names.CLEANUP, context)
    if event.get("tf", {}).get("action", "") != DELETE:
        check_shards(event.get("shards", shard_topics.MOST))
        return {"queues": 0}
    sqs: Any = boto3.client("sqs", config=PATIENT)  # pyright: ignore
    refusals: Counter[str] = Counter()
    with ThreadPoolExecutor(THREADS) as pool:
        queues = [url for urls in _each(pool, lambda _: _queues(sqs), [""], refusals) for url in urls]
        deleted = _each(pool, lambda url: client_queue.delete(sqs, url), queues, refusals)
    line.add(queues=len(deleted), refusals=dict(refusals))
    line.write("error" if refusals else "info")
    if refusals:
        why = ", ".join(f"{code} {count} times" for code, count in refusals.most_common())
        raise CleanupError(
            f"{len(deleted)} of {len(queues)} queues of clients were removed; AWS refused the others ({why}). Destroy "
            "the stack again once that is mended."
        )
    return {"queues": len(deleted)}


def check_shards(count: int) -> None:
    """Raise ShardsInUseError if a client has its place on a shard from `count` on."""
    living = {number: taken for number, taken in shards.clients(range(count, shard_topics.MOST)).items() if taken}
    if living:
        shown = ", ".join(f"{number}: {taken}" for number, taken in list(living.items())[:SHOWN])
        raise ShardsInUseError(
            f"resultShards is {count}, and clients live on shards that it leaves out (how many by shard: {shown}): "
            "nothing was removed, they still get their results, and no new client comes there. Deploy again when they "
            "have left (by DELETE /provision, or after clientIdleDays without a call), or set resultShards to "
            f"{max(living) + 1} or more."
        )


def _each(
    pool: ThreadPoolExecutor, function: Callable[[str], T], names: Iterable[str], refusals: Counter[str]
) -> list[T]:
    """Call the function with each name, in parallel; return what it returned, and count the refusals."""

    def attempt(name: str) -> tuple[list[T], str]:
        try:
            return [function(name)], ""
        except ClientError as error:
            return [], f"{error.operation_name} {error.response.get('Error', {}).get('Code', '')}"
        except BotoCoreError as error:
            return [], type(error).__name__

    results = list(pool.map(attempt, names))
    refusals.update(refusal for _, refusal in results if refusal)
    return [value for values, _ in results for value in values]


def _queues(sqs: Any) -> Names:
    """Return the queues whose names begin as this stack's clients' do, and no others."""
    prefix = os.environ[handler_variables.CLIENT_QUEUE_PREFIX]
    pages = sqs.get_paginator("list_queues").paginate(QueueNamePrefix=prefix, PaginationConfig={"PageSize": 1000})
    return [url for page in pages for url in page.get("QueueUrls", ())]
