"""Clients are made, given back, removed; nothing is left of those that were not."""

import json
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from runtime.contracts.answers import Provisioned
from tests.runtime.handlers.caller import Caller, refused
from tests.runtime.handlers.deployment import PER_SHARD, SHARDS, Deployment
from tests.runtime.handlers.messages import event

KEY = {"idempotency-key": "a-key-that-nobody-guesses"}


def queues(api: Deployment) -> set[str]:
    found = api.cloud.boto3_client("sqs").list_queues(QueueNamePrefix=f"{api.name}-")
    return set(found.get("QueueUrls", [])) - set(api.queues.values())


def subscriptions(api: Deployment) -> list[int]:
    sns = api.cloud.boto3_client("sns")
    return [len(sns.list_subscriptions_by_topic(TopicArn=topic)["Subscriptions"]) for topic in api.topics]


def counters(api: Deployment) -> list[int]:
    return [int((api.item(f"shard#{number}") or {"clients": 0})["clients"]) for number in range(SHARDS)]


def test_a_client_gets_a_token_and_a_locked_queue(api: Deployment) -> None:
    answer = api.http.post("/provision", json={})
    made = Provisioned.model_validate(answer.json())
    assert answer.status_code == 201
    assert made.client_token.startswith(f"{made.client_id}.")
    record = api.item(f"client#{made.client_id}") or {}
    assert made.client_token not in json.dumps(record)
    assert {"token_sha256", "queue_url", "queue_arn", "subscription_arn", "shard", "created", "expires"} <= set(record)
    sqs = api.cloud.boto3_client("sqs")
    attributes = sqs.get_queue_attributes(QueueUrl=made.queue_url, AttributeNames=["All"])["Attributes"]
    (statement,) = json.loads(attributes["Policy"])["Statement"]
    assert statement["Principal"] == {"Service": "sns.amazonaws.com"}
    assert statement["Condition"] == {"ArnEquals": {"aws:SourceArn": api.topics[int(record["shard"])]}}
    assert statement["Resource"] == attributes["QueueArn"] == record["queue_arn"]
    assert attributes["MessageRetentionPeriod"] == str(14 * 24 * 3600)
    assert attributes["SqsManagedSseEnabled"] == "true"
    assert sqs.list_queue_tags(QueueUrl=made.queue_url)["Tags"] == {"imaging:client": made.client_id}
    sns = api.cloud.boto3_client("sns")
    subscription = sns.get_subscription_attributes(SubscriptionArn=record["subscription_arn"])["Attributes"]
    assert subscription["RawMessageDelivery"] == "true"
    assert json.loads(subscription["RedrivePolicy"]) == {"deadLetterTargetArn": api.undelivered_arn}
    assert json.loads(subscription["FilterPolicy"]) == {"client_id": [made.client_id]}
    api.caller(answer.json()).call("DELETE", "/provision")


def test_removing_a_client_leaves_nothing_and_may_be_repeated(api: Deployment) -> None:
    before = (queues(api), subscriptions(api), counters(api))
    caller = api.client()
    assert (queues(api), subscriptions(api), counters(api)) != before
    for _ in range(2):
        assert caller.call("DELETE", "/provision").status_code == 204
    assert (queues(api), subscriptions(api), counters(api)) == before
    for method, path, query in (
        ("GET", "/proxy-sqs", {"queue": caller.queue}),
        ("POST", "/process/smooth", {}),
        ("GET", "/sign", {"key": "outputs/1"}),
        ("GET", "/jobs/" + "0" * 32, {}),
    ):
        refused(caller.call(method, path, params=query), 401, "unauthorized")


def test_only_the_client_itself_is_removed(api: Deployment, alice: Caller) -> None:
    refused(api.http.delete("/provision"), 401, "unauthorized")
    forged = {"x-client-token": f"{alice.client_id}.{'x' * 43}"}
    refused(api.http.delete("/provision", headers=forged), 401, "unauthorized")
    assert alice.poll() == []


def test_a_known_key_returns_the_client_with_a_new_token(api: Deployment) -> None:
    before = counters(api)
    first = api.caller(api.http.post("/provision", headers=KEY).json())
    again = api.caller(api.http.post("/provision", headers=KEY).json())
    assert (again.client_id, again.queue) == (first.client_id, first.queue)
    refused(first.call("GET", "/proxy-sqs", params={"queue": first.queue}), 401, "unauthorized")
    assert again.poll() == []
    assert sum(counters(api)) == sum(before) + 1
    again.call("DELETE", "/provision")
    other = api.caller(api.http.post("/provision", headers=KEY).json())  # the key is free again
    assert other.client_id != first.client_id
    other.call("DELETE", "/provision")
    assert counters(api) == before


def test_calls_with_one_key_at_once_make_one_client(api: Deployment) -> None:
    before = (queues(api), subscriptions(api), counters(api))
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(lambda _: api.http.post("/provision", headers=KEY), range(4)))
    assert [answer.status_code for answer in answers] == [201] * 4
    (client_id,) = {answer.json()["client_id"] for answer in answers}
    assert len(queues(api) - before[0]) == 1
    assert sum(counters(api)) == sum(before[2]) + 1
    removed = [api.caller(answer.json()).call("DELETE", "/provision").status_code for answer in answers]
    assert sorted(removed) == [204, 401, 401, 401]  # the last token stands
    assert api.item(f"client#{client_id}")
    assert (queues(api), subscriptions(api), counters(api)) == before


def test_a_key_that_could_be_guessed_is_refused(api: Deployment) -> None:
    before = counters(api)
    refused(api.http.post("/provision", headers={"idempotency-key": "short"}), 400, "bad_request")
    refused(api.http.post("/provision", json={"name": "me"}), 422, "invalid_request")
    refused(api.http.post("/provision", json={"idle_seconds": 60}), 422, "invalid_request")
    refused(api.http.post("/provision", content=b"{"), 400, "not_json")
    assert counters(api) == before


def test_clients_fill_the_shards_and_no_more(api: Deployment) -> None:
    free = PER_SHARD * SHARDS - sum(counters(api))
    callers = [api.client() for _ in range(free)]
    assert counters(api) == [PER_SHARD] * SHARDS == subscriptions(api)
    before = queues(api)
    refused(api.http.post("/provision"), 503, "too_many_clients")
    assert queues(api) == before
    for caller in callers:
        assert caller.call("DELETE", "/provision").status_code == 204
    assert sum(counters(api)) == PER_SHARD * SHARDS - free == sum(subscriptions(api))


@pytest.mark.parametrize("left", ["swept", "idle"])
def test_clients_that_left_without_a_word_give_way_to_new_ones(api: Deployment, left: str) -> None:
    free = PER_SHARD * SHARDS - sum(counters(api))
    callers = [api.client() for _ in range(free)]
    gone, staying = callers[0], callers[1:]
    if left == "swept":  # by the table's TTL
        api.cloud.boto3_client("dynamodb").delete_item(
            TableName=api.name, Key={"pk": {"S": f"client#{gone.client_id}"}}
        )
    else:
        api.change(f"client#{gone.client_id}", last_seen=1)
    made = api.caller(api.http.post("/provision").json())
    assert gone.queue not in queues(api)
    assert counters(api) == [PER_SHARD] * SHARDS == subscriptions(api)
    refused(gone.call("GET", "/proxy-sqs", params={"queue": gone.queue}), 401, "unauthorized")
    refused(api.http.post("/provision"), 503, "too_many_clients")
    for caller in (made, *staying):
        assert caller.call("DELETE", "/provision").status_code == 204


def test_a_step_that_fails_undoes_the_earlier_ones(api: Deployment) -> None:
    # The topic of this function does not exist: the queue is made, the subscription fails.
    before = (queues(api), counters(api))
    name = f"{api.name}-broken"
    api.function("provision", name, RESULTS_TOPIC_PREFIX=api.topics[0].replace(api.name, "missing")[:-8])
    answer: dict[str, Any] = api.invoke(name, event("POST", "/provision", **KEY))
    assert (answer["statusCode"], json.loads(answer["body"])["code"]) == (500, "internal_error")
    assert (queues(api), counters(api)) == before
    records = api.cloud.boto3_client("dynamodb").scan(TableName=api.name)["Items"]
    clients = [each for each in records if each["pk"]["S"].startswith("client#") and "revoked" not in each]
    assert not [each for each in clients if "token_sha256" not in each]
    caller = api.caller(api.http.post("/provision", headers=KEY).json())  # the key is free again
    caller.call("DELETE", "/provision")
