"""A client finds its place in few calls, however many shards are full."""

import uuid
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from runtime.handlers.boto3_clients import boto3_client
from runtime.handlers.client import shards
from runtime.handlers.problem import Problem
from runtime.handlers.table import store
from runtime.local.emulator.emulator import Emulator

COUNT, PLACES = 900, 100


@pytest.fixture
def calls(cloud: Emulator, monkeypatch: pytest.MonkeyPatch) -> Iterator[Counter[str]]:
    """A table of counters, and the calls of DynamoDB that the function makes."""
    name = f"shards{uuid.uuid4().hex[:8]}"
    key = {"AttributeName": "pk", "KeyType": "HASH"}
    attribute = {"AttributeName": "pk", "AttributeType": "S"}
    cloud.boto3_client("dynamodb").create_table(
        TableName=name, KeySchema=[key], AttributeDefinitions=[attribute], BillingMode="PAY_PER_REQUEST"
    )
    variables = {"TABLE_NAME": name, "CLIENTS_PER_SHARD": str(PLACES), "RESULT_SHARDS": str(COUNT)}
    for variable, value in {**cloud.environment, **variables, "RESULTS_TOPIC_PREFIX": "arn:t-"}.items():
        monkeypatch.setenv(variable, value)
    monkeypatch.setitem(shards._last, "shard", 0)  # pyright: ignore[reportPrivateUsage]
    made: Counter[str] = Counter()

    def count(model: Any, **_: Any) -> None:
        made[model.name] += 1

    events = boto3_client("dynamodb").meta.events
    events.register("before-call.dynamodb", count)
    yield made
    events.unregister("before-call.dynamodb", count)


def fill(*numbers: int) -> None:
    for start in range(0, len(numbers), 25):
        puts = [
            {"PutRequest": {"Item": store.pack({"pk": f"shard#{number}", "clients": PLACES})}}
            for number in numbers[start : start + 25]
        ]
        boto3_client("dynamodb").batch_write_item(RequestItems={store.table(): puts})


def record() -> store.Item:
    return {"pk": f"client#{uuid.uuid4().hex[:16]}", "expires": store.expires(3600)}


def test_the_first_client_takes_one_call(calls: Counter[str]) -> None:
    assert shards.reserve(record())["shard"] == 0
    assert calls == {"TransactWriteItems": 1}


def test_the_last_free_shard_of_nine_hundred_is_found_in_few_calls_and_remembered(calls: Counter[str]) -> None:
    fill(*range(COUNT - 1))
    calls.clear()
    assert shards.reserve(record())["shard"] == COUNT - 1
    assert calls == {"TransactWriteItems": 2, "GetItem": 1, "BatchGetItem": 9}
    calls.clear()
    assert shards.reserve(record())["shard"] == COUNT - 1
    assert calls == {"TransactWriteItems": 1}


def test_shards_fill_in_the_order_of_their_numbers(calls: Counter[str]) -> None:
    fill(0, 1, 3)
    assert shards.reserve(record())["shard"] == 2


def test_full_shards_cost_no_more_calls(calls: Counter[str]) -> None:
    fill(*range(COUNT))
    calls.clear()
    with pytest.raises(Problem, match="Every results topic is full"):
        shards.reserve(record())
    assert calls == {"TransactWriteItems": 1, "GetItem": 1, "BatchGetItem": 9}


def test_places_that_others_take_meanwhile_end_the_search_and_are_no_full_stack(
    calls: Counter[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(*range(COUNT))
    monkeypatch.setattr(shards, "clients", lambda numbers: dict.fromkeys(numbers, PLACES - 1))
    calls.clear()
    with pytest.raises(Problem) as caught:
        shards.reserve(record())
    assert caught.value.code == "unavailable"
    assert calls["TransactWriteItems"] == 1 + shards.TRIES


def test_of_calls_at_once_for_the_last_places_as_many_get_one(
    calls: Counter[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RESULT_SHARDS", "1")
    monkeypatch.setenv("CLIENTS_PER_SHARD", "3")

    def answer(_: int) -> int | str:
        try:
            return shards.reserve(record())["shard"]
        except Problem as problem:
            return problem.code

    with ThreadPoolExecutor(8) as pool:
        answers = Counter(pool.map(answer, range(12)))
    assert (answers[0], store.get("shard#0")) == (3, {"pk": "shard#0", "clients": 3})
    assert answers.keys() <= {0, "too_many_clients", "unavailable"}
