"""A results topic that cannot be looked at keeps no idle client of another one in its place."""

from types import SimpleNamespace
from typing import Any

import pytest
from botocore.exceptions import ClientError

from runtime.contracts.shard_topics import ShardTopics
from runtime.handlers.client import client_queue, reclaim, shards, unfinished
from runtime.handlers.table import many, store

PREFIX = "arn:aws:sns:eu-central-1:000000000000:results-"


@pytest.mark.parametrize("first", [0, 1])
def test_the_other_shards_are_looked_at(monkeypatch: pytest.MonkeyPatch, first: int) -> None:
    topics, gone = ShardTopics(2, PREFIX), list[str]()

    def paginate(*, TopicArn: str) -> list[dict[str, Any]]:  # noqa: N803 - boto3's name
        if TopicArn == topics.arn(0):
            raise ClientError({"Error": {"Code": "NotFound"}}, "ListSubscriptionsByTopic")
        return [{"Subscriptions": [{"Endpoint": client_queue.arn("c" * 16, TopicArn), "SubscriptionArn": "s"}]}]

    sns = SimpleNamespace(get_paginator=lambda _: SimpleNamespace(paginate=paginate))
    monkeypatch.setenv("CLIENT_QUEUE_PREFIX", "stack-")
    monkeypatch.setattr(reclaim, "boto3_client", lambda _: sns)
    monkeypatch.setattr(reclaim.random, "randrange", lambda _: first)
    monkeypatch.setattr(shards, "topics", lambda: topics)
    monkeypatch.setattr(shards, "clients", lambda numbers: dict.fromkeys(numbers, 1))
    monkeypatch.setattr(many, "read", lambda pks: {})
    monkeypatch.setattr(store, "change", lambda *_: False)
    monkeypatch.setattr(store, "put_new", lambda item: True)
    monkeypatch.setattr(reclaim, "cancel_open_jobs", lambda client_id: 0)
    monkeypatch.setattr(reclaim, "free", lambda client: gone.append(client.client_id) or True)
    monkeypatch.setattr(unfinished, "unmark", lambda pk: None)
    assert reclaim.remove_idle_clients(lambda: True) == (1, ["shard 0: ClientError"])
    assert gone == ["c" * 16]
    assert reclaim.reclaim() == 1
