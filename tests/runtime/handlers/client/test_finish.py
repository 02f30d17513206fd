"""A client whose function died while it was made or removed leaves no place taken, no queue and no open job."""

import json
from typing import Any

import pytest

from runtime.contracts import keys
from tests.runtime.handlers.caller import Caller, refused
from tests.runtime.handlers.deployment import Deployment
from tests.runtime.handlers.test_provision import counters, queues, subscriptions
from tests.runtime.handlers.test_sweeper import OLD, now

MARKED = {"untold_to": keys.UNFINISHED_CLIENTS, "t_accepted": now() - OLD}


def left(api: Deployment) -> tuple[set[str], list[int], list[int]]:
    return queues(api), subscriptions(api), counters(api)


def forget(api: Deployment, client: Caller, *attributes: str) -> None:
    """Play a function that died before it wrote these attributes."""
    api.cloud.boto3_client("dynamodb").update_item(
        TableName=api.name,
        Key={"pk": {"S": f"client#{client.client_id}"}},
        UpdateExpression="REMOVE " + ", ".join(attributes),
    )


def unsubscribe(api: Deployment, client: Caller) -> None:
    record = api.item(f"client#{client.client_id}") or {}
    api.cloud.boto3_client("sns").unsubscribe(SubscriptionArn=record["subscription_arn"])


@pytest.mark.parametrize("subscribed", [True, False])
def test_a_client_that_was_never_ready_gives_its_place_back(api: Deployment, sweep: Any, subscribed: bool) -> None:
    before = left(api)
    client = api.client()
    if not subscribed:
        unsubscribe(api, client)
    forget(api, client, "token_sha256", "subscription_arn", "queue_url", "queue_arn")
    api.change(f"client#{client.client_id}", **MARKED)
    assert sweep() == {"removed_clients": 1}
    assert left(api) == before
    assert sweep() == {}


@pytest.mark.parametrize("step", ["revoked", "unsubscribed"])
def test_a_removal_whose_function_died_is_finished(api: Deployment, sweep: Any, step: str) -> None:
    before = left(api)
    client = api.client()
    job_id = client.process()
    api.requests()
    if step == "unsubscribed":  # its subscription no longer shows it
        unsubscribe(api, client)
        api.cloud.boto3_client("sqs").delete_queue(QueueUrl=client.queue)
    api.change(f"client#{client.client_id}", revoked=now() - OLD, expires=now() // 1000 + 60, **MARKED)
    assert sweep() == {"removed_clients": 1}
    assert left(api) == before
    assert (api.item(f"job#{job_id}") or {})["state"] == "cancelled"
    assert sweep() == {} == sweep({"reap": True})
    assert left(api) == before, "its place is given back once"


def test_a_client_that_gave_way_takes_its_open_jobs_with_it(api: Deployment, sweep: Any) -> None:
    client = api.client()
    job_id = client.process()
    api.requests()
    assert client.call("DELETE", "/provision").status_code == 204
    # as reclaiming leaves it: its place is free and its job open
    api.change(f"job#{job_id}", state="queued", untold_to=client.client_id)
    api.change(f"client#{client.client_id}", **MARKED)
    before = left(api)
    assert sweep() == {"removed_clients": 1}
    assert (api.item(f"job#{job_id}") or {})["state"] == "cancelled"
    assert left(api) == before


def test_a_client_that_is_ready_is_left_alone(api: Deployment, alice: Caller, sweep: Any) -> None:
    assert "untold_to" not in (api.item(f"client#{alice.client_id}") or {})
    api.change(f"client#{alice.client_id}", **MARKED)  # as a release without marks leaves it
    assert sweep() == {}
    assert "untold_to" not in (api.item(f"client#{alice.client_id}") or {})
    assert alice.poll() == []


def test_an_unfinished_client_is_neither_a_job_nor_ready(api: Deployment, alice: Caller, sweep: Any) -> None:
    key = {"idempotency-key": "a-key-of-a-client-that-was-undone"}
    client = api.caller(api.http.post("/provision", headers=key).json())
    forget(api, client, "token_sha256")
    api.change(f"client#{client.client_id}", revoked=now(), **MARKED)
    refused(api.http.post("/provision", headers=key), 503, "unavailable")
    assert json.loads(alice.call("GET", "/jobs").text)["jobs"] == []
    assert sweep() == {"removed_clients": 1}
