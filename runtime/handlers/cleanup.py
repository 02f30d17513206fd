"""Removes, when the stack is destroyed, what was made at run time: the clients' queues and their subscriptions."""

import json
import os
from collections.abc import Iterator
from typing import Any

from botocore.exceptions import ClientError

from runtime.handlers import client_queue
from runtime.handlers.clients import client
from runtime.handlers.log import Line

DELETE = "delete"


def handler(event: dict[str, Any], context: Any) -> dict[str, int]:
    """Remove them where the deployment says that it is deleting; else do nothing. Repeatable."""
    line = Line("cleanup", context)
    action: str = event.get("tf", {}).get("action", "")
    if action != DELETE:
        return {"subscriptions": 0, "queues": 0}
    removed = {"subscriptions": _unsubscribe(), "queues": _delete_queues()}
    line.add(**removed)
    line.write("info")
    return removed


def _unsubscribe() -> int:
    """End the clients' subscriptions to this stack's topics, and no others."""
    count = 0
    for topic in json.loads(os.environ["RESULTS_TOPIC_ARNS"]):
        clients = client_queue.arn("", topic).removesuffix(".fifo")
        for subscription in list(_subscriptions(topic)):
            if subscription["Endpoint"].startswith(clients):
                client_queue.remove(None, subscription["SubscriptionArn"])
                count += 1
    return count


def _subscriptions(topic: str) -> Iterator[dict[str, str]]:
    try:
        for page in client("sns").get_paginator("list_subscriptions_by_topic").paginate(TopicArn=topic):
            yield from page["Subscriptions"]
    except ClientError as error:
        client_queue.ignore_missing(error)


def _delete_queues() -> int:
    """Delete the queues whose names begin as this stack's clients' do, and no others."""
    prefix = os.environ["CLIENT_QUEUE_PREFIX"]
    pages = (
        client("sqs").get_paginator("list_queues").paginate(QueueNamePrefix=prefix, PaginationConfig={"PageSize": 1000})
    )
    urls = [url for page in pages for url in page.get("QueueUrls", ())]
    for url in urls:
        client_queue.remove(url, None)
    return len(urls)
