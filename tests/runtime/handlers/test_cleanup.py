"""What a destroyed stack removes: its clients' queues, and nothing of anybody else; and which shards stay."""

import math
import threading
import uuid
from collections.abc import Iterator
from typing import Any

import pytest
from botocore.exceptions import ClientError

from components.parts.limits import SUBSCRIPTIONS_PER_TOPIC
from components.processing_api.component import TIMEOUTS
from runtime.contracts import shard_topics
from runtime.handlers import cleanup
from runtime.handlers.cleanup import THREADS, CleanupError, ShardsInUseError, handler
from tests.runtime.handlers.deployment import Deployment


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
    }.items():
        monkeypatch.setenv(key, value)
    assert handler({"tf": {"action": "create"}}, None) == {"queues": 0}
    assert handler({}, None) == {"queues": 0}
    assert handler({"tf": {"action": "delete"}}, None) == {"queues": len(gone)}
    assert handler({"tf": {"action": "delete"}}, None) == {"queues": 0}
    left = api.cloud.boto3_client("sqs").list_queues(QueueNamePrefix=name)["QueueUrls"]
    assert sorted(left) == sorted([algorithm, stranger])
    sns.delete_topic(TopicArn=topic)  # as the deployment does next
    assert not [each for each in sns.list_subscriptions()["Subscriptions"] if each["TopicArn"] == topic]


@pytest.mark.parametrize("action", ["create", "update"])
def test_shards_on_which_clients_live_are_not_removed(
    api: Deployment, monkeypatch: pytest.MonkeyPatch, action: str
) -> None:
    for key, value in {**api.cloud.environment, "TABLE_NAME": api.name}.items():
        monkeypatch.setenv(key, value)
    for number, clients in ((700, 0), (701, 2), (899, 1)):
        api.change(f"shard#{number}", clients=clients)
    event: dict[str, Any] = {"shards": 700, "tf": {"action": action, "prev_input": {"shards": 900}}}
    with pytest.raises(ShardsInUseError) as caught:
        handler(event, None)
    assert str(caught.value).startswith(
        "resultShards is 700, and clients live on shards that it leaves out (how many by shard: 701: 2, 899: 1): "
        "nothing was removed, they still get their results, and no new client comes there."
    )
    assert str(caught.value).endswith("or set resultShards to 900 or more.")
    for number in (701, 899):
        api.change(f"shard#{number}", clients=0)
    assert handler(event, None) == {"queues": 0}


QUEUES = 90_000


class Account:
    """SQS with the most clients that a stack may have; some calls are refused, and calls at once are counted.

    The first calls wait for one another, so that they only end if there are THREADS of them at once.
    """

    def __init__(self, refused: set[str] | None = None) -> None:
        self.refused = refused or set()
        self.deleted: list[str] = []
        self.pages = 0
        self._lock = threading.Lock()
        self._together = threading.Barrier(THREADS)

    def client(self, service: str, config: Any) -> "Account":
        assert (config.retries["mode"], config.max_pool_connections) == ("adaptive", THREADS)
        return self

    def get_paginator(self, operation: str) -> "Account":
        return self

    def paginate(self, **names: Any) -> Iterator[dict[str, Any]]:
        size = names["PaginationConfig"]["PageSize"]
        for start in range(0, QUEUES, size):
            self.pages += 1
            yield {"QueueUrls": [f"https://sqs/s-client-{number}.fifo" for number in range(start, start + size)]}

    def delete_queue(self, **names: str) -> None:
        with self._lock:
            self.deleted.append(names["QueueUrl"])
            first = len(self.deleted) <= THREADS
        if first:
            self._together.wait(60)
        if names["QueueUrl"] in self.refused:
            raise ClientError({"Error": {"Code": "AuthorizationError"}}, "DeleteQueue")


def destroyed(account: Account, monkeypatch: pytest.MonkeyPatch) -> dict[str, int]:
    """Destroy a stack with the most clients that it may have."""
    monkeypatch.setattr(cleanup.boto3, "client", account.client)
    monkeypatch.setenv("CLIENT_QUEUE_PREFIX", "s-client-")
    return handler({"tf": {"action": "delete"}}, None)


def test_the_most_clients_are_removed_in_parallel_and_in_time(monkeypatch: pytest.MonkeyPatch) -> None:
    account = Account()
    assert QUEUES == shard_topics.MOST * SUBSCRIPTIONS_PER_TOPIC
    assert destroyed(account, monkeypatch) == {"queues": QUEUES}
    assert len(set(account.deleted)) == QUEUES
    slow = 0.6  # seconds a call
    assert (account.pages + math.ceil(QUEUES / THREADS)) * slow < TIMEOUTS["cleanup"]


def test_what_is_refused_is_told_at_the_end_and_keeps_nothing_else(monkeypatch: pytest.MonkeyPatch) -> None:
    account = Account({"https://sqs/s-client-3.fifo", "https://sqs/s-client-4.fifo"})
    with pytest.raises(CleanupError) as caught:
        destroyed(account, monkeypatch)
    assert str(caught.value) == (
        "89998 of 90000 queues of clients were removed; AWS refused the others (DeleteQueue AuthorizationError 2 "
        "times). Destroy the stack again once that is mended."
    )
    assert len(account.deleted) == QUEUES
