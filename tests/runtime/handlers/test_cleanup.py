"""What a destroyed stack removes: its clients' queues and subscriptions, and nothing of anybody else."""

import json
import uuid

import pytest

from runtime.handlers import clients
from runtime.handlers.cleanup import handler
from tests.runtime.handlers.conftest import Deployment


def queue(api: Deployment, name: str, topic: str) -> str:
    """Make a queue that subscribes to the topic; return its URL."""
    url = api.cloud.client("sqs").create_queue(QueueName=name, Attributes={"FifoQueue": "true"})["QueueUrl"]
    arn = ":".join([*topic.split(":")[:2], "sqs", *topic.split(":")[3:5], name])
    api.cloud.client("sns").subscribe(TopicArn=topic, Protocol="sqs", Endpoint=arn)
    return url


def test_a_destroyed_stack_removes_its_clients_and_no_others(api: Deployment, monkeypatch: pytest.MonkeyPatch) -> None:
    name = f"c{uuid.uuid4().hex[:8]}"
    sns = api.cloud.client("sns")
    topic = sns.create_topic(Name=f"{name}.fifo", Attributes={"FifoTopic": "true"})["TopicArn"]
    gone = [queue(api, f"{name}-client-{number}.fifo", topic) for number in range(3)]
    algorithm, stranger = queue(api, f"{name}-results.fifo", topic), queue(api, f"{name}x-client-1.fifo", topic)
    for key, value in {
        **api.cloud.environment,
        "CLIENT_QUEUE_PREFIX": f"{name}-client-",
        "RESULTS_TOPIC_ARNS": json.dumps([topic, topic.replace(name, "never-made")]),
    }.items():
        monkeypatch.setenv(key, value)
    clients.client.cache_clear()
    try:
        assert handler({"tf": {"action": "create"}}, None) == {"subscriptions": 0, "queues": 0}
        assert handler({}, None) == {"subscriptions": 0, "queues": 0}
        assert handler({"tf": {"action": "delete"}}, None) == {"subscriptions": 3, "queues": len(gone)}
        assert handler({"tf": {"action": "delete"}}, None) == {"subscriptions": 0, "queues": 0}
    finally:
        clients.client.cache_clear()
    left = api.cloud.client("sqs").list_queues(QueueNamePrefix=name)["QueueUrls"]
    assert sorted(left) == sorted([algorithm, stranger])
    assert len(sns.list_subscriptions_by_topic(TopicArn=topic)["Subscriptions"]) == 2
