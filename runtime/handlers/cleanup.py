"""Removes, when the stack is destroyed, what was made at run time: the clients' queues and their subscriptions."""

import json
import os
from collections import Counter
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Final, TypeVar

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from runtime.handlers import client_queue
from runtime.handlers.boto3_clients import CONFIG
from runtime.handlers.log import Line

DELETE: Final = "delete"
# 24 shards of 100 clients are 4,800 calls. SNS takes 100 calls of Unsubscribe a second from an account, so these alone
# take 24 s; 16 threads reach that rate as long as a call takes less than 160 ms. All is done within the function's
# 300 s even if a call takes a second on average.
THREADS: Final = 16
# If AWS throttles the calls, botocore slows down by itself and tries again.
PATIENT: Final = CONFIG.merge(Config(retries={"mode": "adaptive", "max_attempts": 10}, max_pool_connections=THREADS))
Names = list[str]
T = TypeVar("T")


class CleanupError(RuntimeError):
    """Something could not be removed; the message says how much, and why."""


def handler(event: dict[str, Any], context: Any) -> dict[str, int]:
    """Remove queues and subscriptions if the deployment says that it is deleting; else do nothing. Repeatable.

    One refusal does not keep the rest from being removed. Raises CleanupError at the end if anything is left.
    """
    line = Line("cleanup", context)
    if event.get("tf", {}).get("action", "") != DELETE:
        return {"subscriptions": 0, "queues": 0}
    sns, sqs = (boto3.client(service, config=PATIENT) for service in ("sns", "sqs"))  # pyright: ignore
    refusals: Counter[str] = Counter()
    with ThreadPoolExecutor(THREADS) as pool:
        topics: Names = json.loads(os.environ["RESULTS_TOPIC_ARNS"])
        listed = _each(pool, lambda topic: _subscriptions(sns, topic), topics, refusals)
        subscriptions = [arn for arns in listed for arn in arns]
        ended = _each(pool, lambda arn: client_queue.unsubscribe(sns, arn), subscriptions, refusals)
        queues = [url for urls in _each(pool, lambda _: _queues(sqs), [""], refusals) for url in urls]
        deleted = _each(pool, lambda url: client_queue.delete(sqs, url), queues, refusals)
    removed = {"subscriptions": len(ended), "queues": len(deleted)}
    line.add(**removed, refusals=dict(refusals))
    line.write("error" if refusals else "info")
    if refusals:
        why = ", ".join(f"{code} {count} times" for code, count in refusals.most_common())
        raise CleanupError(
            f"{len(ended)} of {len(subscriptions)} subscriptions and {len(deleted)} of {len(queues)} queues of clients "
            f"were removed; AWS refused the others ({why}). Destroy the stack again once that is mended."
        )
    return removed


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


def _subscriptions(sns: Any, topic: str) -> Names:
    """Return the clients' subscriptions to this stack's topic, and no others."""
    arns: Names = []
    try:
        for page in sns.get_paginator("list_subscriptions_by_topic").paginate(TopicArn=topic):
            arns += client_queue.subscribed(topic, page["Subscriptions"]).values()
    except ClientError as error:
        client_queue.ignore_missing(error)
    return arns


def _queues(sqs: Any) -> Names:
    """Return the queues whose names begin as this stack's clients' do, and no others."""
    prefix = os.environ["CLIENT_QUEUE_PREFIX"]
    pages = sqs.get_paginator("list_queues").paginate(QueueNamePrefix=prefix, PaginationConfig={"PageSize": 1000})
    return [url for page in pages for url in page.get("QueueUrls", ())]
