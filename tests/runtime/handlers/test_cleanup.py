"""What a destroyed stack removes: its clients' queues and subscriptions, and nothing of anybody else."""

import json
import math
import threading
import uuid
from typing import Any

import pytest
from botocore.exceptions import ClientError

from components.processing_api import TIMEOUTS
from runtime.handlers import cleanup
from runtime.handlers.cleanup import THREADS, CleanupError, handler
from tests.runtime.handlers.conftest import Deployment


def queue(api: Deployment, name: str, topic: str) -> str:
    """Make a queue that subscribes to the topic; return its URL."""
    url = api.cloud.boto3_client("sqs").create_queue(QueueName=name, Attributes={"FifoQueue": "true"})["QueueUrl"]
    arn = ":".join([*topic.split(":")[:2], "sqs", *topic.split(":")[3:5], name])
    api.cloud.boto3_client("sns").subscribe(TopicArn=topic, Protocol="sqs", Endpoint=arn)
    return url


def test_a_destroyed_stack_removes_its_clients_and_no_others(api: Deployment, monkeypatch: pytest.MonkeyPatch) -> None:
    name = f"c{uuid.uuid4().hex[:8]}"
    sns = api.cloud.boto3_client("sns")
    topic = sns.create_topic(Name=f"{name}.fifo", Attributes={"FifoTopic": "true"})["TopicArn"]
    gone = [queue(api, f"{name}-client-{number}.fifo", topic) for number in range(3)]
    algorithm, stranger = queue(api, f"{name}-results.fifo", topic), queue(api, f"{name}x-client-1.fifo", topic)
    for key, value in {
        **api.cloud.environment,
        "CLIENT_QUEUE_PREFIX": f"{name}-client-",
        "RESULTS_TOPIC_ARNS": json.dumps([topic, topic.replace(name, "never-made")]),
    }.items():
        monkeypatch.setenv(key, value)
    assert handler({"tf": {"action": "create"}}, None) == {"subscriptions": 0, "queues": 0}
    assert handler({}, None) == {"subscriptions": 0, "queues": 0}
    assert handler({"tf": {"action": "delete"}}, None) == {"subscriptions": 3, "queues": len(gone)}
    assert handler({"tf": {"action": "delete"}}, None) == {"subscriptions": 0, "queues": 0}
    left = api.cloud.boto3_client("sqs").list_queues(QueueNamePrefix=name)["QueueUrls"]
    assert sorted(left) == sorted([algorithm, stranger])
    assert len(sns.list_subscriptions_by_topic(TopicArn=topic)["Subscriptions"]) == 2


SHARDS, PER_SHARD = 24, 100
PLACE = "arn:aws:{}:eu-south-1:000000000000"


class Account:
    """SNS and SQS with the most clients that a stack may have; some calls are refused, and calls at once are counted.

    The first calls of each kind wait for one another, so that they only end if there are THREADS of them at once.
    """

    def __init__(self, refused: set[str] | None = None) -> None:
        self.refused = refused or set()
        self.calls: dict[str, list[str]] = {"Unsubscribe": [], "DeleteQueue": [], "ListSubscriptionsByTopic": []}
        self.most = self._now = 0
        self._lock = threading.Lock()
        self._together = {name: threading.Barrier(THREADS) for name in self.calls}

    def client(self, service: str, config: Any) -> "Account":
        assert (config.retries["mode"], config.max_pool_connections) == ("adaptive", THREADS)
        return self

    def unsubscribe(self, **names: str) -> None:
        self._call("Unsubscribe", names["SubscriptionArn"])

    def delete_queue(self, **names: str) -> None:
        self._call("DeleteQueue", names["QueueUrl"])

    def get_paginator(self, operation: str) -> "Account":
        return self

    def paginate(self, **names: Any) -> list[dict[str, Any]]:
        numbers, topic = range(PER_SHARD), names.get("TopicArn")
        if not topic:
            url = "https://sqs/s-client-{}-{}.fifo"
            return [{"QueueUrls": [url.format(shard, n) for n in numbers]} for shard in range(SHARDS)]
        self._call("ListSubscriptionsByTopic", topic)
        endpoint = PLACE.format("sqs") + ":s-client-{}.fifo"
        found = [{"SubscriptionArn": f"{topic}:{n}", "Endpoint": endpoint.format(n)} for n in numbers]
        return [{"Subscriptions": found}]

    def _call(self, operation: str, name: str) -> None:
        with self._lock:
            self._now += 1
            self.most = max(self.most, self._now)
            self.calls[operation].append(name)
            first = len(self.calls[operation]) <= THREADS
        if first:
            self._together[operation].wait(60)
        with self._lock:
            self._now -= 1
        if name in self.refused:
            raise ClientError({"Error": {"Code": "AuthorizationError"}}, operation)


def destroyed(account: Account, monkeypatch: pytest.MonkeyPatch) -> dict[str, int]:
    """Destroy a stack with the most clients that it may have."""
    monkeypatch.setattr(cleanup.boto3, "client", account.client)
    monkeypatch.setenv("CLIENT_QUEUE_PREFIX", "s-client-")
    monkeypatch.setenv("RESULTS_TOPIC_ARNS", json.dumps([f"{PLACE.format('sns')}:{n}" for n in range(SHARDS)]))
    return handler({"tf": {"action": "delete"}}, None)


def test_the_most_clients_are_removed_in_parallel_and_in_time(monkeypatch: pytest.MonkeyPatch) -> None:
    account, every = Account(), SHARDS * PER_SHARD
    assert destroyed(account, monkeypatch) == {"subscriptions": every, "queues": every}
    listed = account.calls["ListSubscriptionsByTopic"]
    assert len(set(listed)) == len(listed) == SHARDS
    assert account.most == THREADS
    slow = 0.75  # seconds a call
    rounds = sum(math.ceil(len(calls) / THREADS) for calls in account.calls.values())
    assert rounds * slow < TIMEOUTS["cleanup"]


def test_what_is_refused_is_told_at_the_end_and_keeps_nothing_else(monkeypatch: pytest.MonkeyPatch) -> None:
    topic = f"{PLACE.format('sns')}:0"
    account = Account({f"{topic}:1", f"{topic}:2", "https://sqs/s-client-3-0.fifo", f"{PLACE.format('sns')}:7"})
    with pytest.raises(CleanupError) as caught:
        destroyed(account, monkeypatch)
    assert str(caught.value) == (
        "2298 of 2300 subscriptions and 2399 of 2400 queues of clients were removed; AWS refused the others "
        "(Unsubscribe AuthorizationError 2 times, ListSubscriptionsByTopic AuthorizationError 1 times, "
        "DeleteQueue AuthorizationError 1 times). Destroy the stack again once that is mended."
    )
    assert len(account.calls["DeleteQueue"]) == SHARDS * PER_SHARD
