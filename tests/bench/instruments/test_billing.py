"""Units of single calls, as AWS's pages say."""

import json
from typing import Any

import pytest

from bench.instruments.billing import Billing, size
from bench.instruments.call import Call, read
from bench.instruments.proxy import Exchange

KEY = {"pk": {"S": "job#1"}}
TEXT = {"pk": {"S": "job#1"}, "text": {"S": "x" * 1100}}


class Cloud:
    """A table with one item of 1.1 KB, and a topic with two subscriptions."""

    def get_item(self, Key: Any, **_: Any) -> Any:  # noqa: N803 - boto3's name
        return {"Item": TEXT} if Key == KEY else {}

    def get_paginator(self, name: str) -> Any:
        return self

    def paginate(self, **_: Any) -> Any:
        return [{"Subscriptions": [{}, {}]}]


def call(service: str, operation: str, fields: Any = None, answer: Any = None, form: str = "") -> Call:
    headers = {"authorization": f"AWS4-HMAC-SHA256 Credential=A/20260101/eu-south-1/{service}/aws4_request, Sig"}
    if not form:
        headers["x-amz-target"] = f"X.{operation}"
    request, told = form.encode() or json.dumps(fields or {}).encode(), json.dumps(answer or {}).encode()
    return read(Exchange("POST", "/", {**headers, "user-agent": "Boto3/1 app/router"}, request, 200, told))


def units(*arguments: Any, **more: Any) -> dict[str, float]:
    return Billing(lambda service: Cloud()).of(call(*arguments, **more)).units


def test_the_size_of_an_item_counts_names_and_values() -> None:
    assert size({"pk": {"S": "é"}, "n": {"N": "-12345"}, "yes": {"BOOL": True}}) == 2 + 2 + 1 + 4 + 3 + 1


@pytest.mark.parametrize(
    ("operation", "fields", "answer", "expected"),
    [
        ("PutItem", {"TableName": "t", "Item": TEXT}, {}, {"table_write": 2}),
        ("UpdateItem", {"TableName": "t", "Key": KEY}, {}, {"table_write": 2}),
        ("DeleteItem", {"TableName": "t", "Key": {"pk": {"S": "job#2"}}}, {}, {"table_write": 1}),
        ("GetItem", {"Key": KEY, "ConsistentRead": True}, {"Item": TEXT}, {"table_read": 1}),
        ("GetItem", {"Key": KEY}, {}, {"table_read": 0.5}),
        (
            "BatchGetItem",
            {"RequestItems": {"t": {"Keys": [KEY, {"pk": {"S": "job#2"}}]}}},
            {"Responses": {"t": [TEXT]}},
            {"table_read": 1.0},
        ),
        (
            "BatchExecuteStatement",
            {
                "Statements": [
                    {
                        "Statement": 'UPDATE "t" SET "state"=? SET "result"=? WHERE "pk"=? AND "state" =?',
                        "Parameters": [{"S": "a"}, {"S": "b"}, KEY["pk"], {"S": "c"}],
                    }
                ]
            },
            {},
            {"table_write": 2},
        ),
        (
            "TransactWriteItems",
            {"TransactItems": [{"Put": {"TableName": "t", "Item": TEXT}}]},
            {},
            {"table_write": 4},
        ),
    ],
)
def test_units_of_the_table(operation: str, fields: Any, answer: Any, expected: dict[str, float]) -> None:
    assert units("dynamodb", operation, fields, answer) == expected


def test_a_queue_bills_each_64_kb_and_a_batch_once() -> None:
    assert units("sqs", "SendMessage", {"MessageBody": "x" * 70_000}) == {"fifo_request": 2}
    assert units("sqs", "DeleteMessageBatch", {"Entries": [{}] * 10}) == {"fifo_request": 1}


def test_a_topic_bills_a_batch_once_and_each_subscription() -> None:
    form = "Action=PublishBatch&TopicArn=t&" + "&".join(
        f"PublishBatchRequestEntries.member.{number}.Message={'x' * 500}" for number in (1, 2)
    )
    billed = units("sns", "PublishBatch", form=form)
    assert billed == pytest.approx(
        {"fifo_publish": 1, "fifo_delivery": 4, "fifo_publish_gb": 1e-6, "fifo_delivery_gb": 2e-6}
    )


@pytest.mark.parametrize(
    ("operation", "fields", "answer", "timed"),
    [
        ("ReceiveMessage", {}, {}, True),
        ("ReceiveMessage", {}, {"Messages": [{}]}, False),
        ("ChangeMessageVisibilityBatch", {"Entries": [{"VisibilityTimeout": 60}]}, {}, True),
        ("ChangeMessageVisibilityBatch", {"Entries": [{"VisibilityTimeout": 0}]}, {}, False),
        ("GetItem", {"Key": {"pk": {"S": "route#gaussian"}}}, {}, True),
        ("GetItem", {"Key": KEY}, {}, False),
        ("BatchExecuteStatement", {"Statements": [{"Statement": 'UPDATE "t" SET "progress"=?'}]}, {}, True),
    ],
)
def test_what_time_makes_is_told_apart(operation: str, fields: Any, answer: Any, timed: bool) -> None:
    assert call("any", operation, fields, answer).timed is timed
