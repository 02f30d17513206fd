"""What AWS bills for a call, in the units of runtime/operation/prices.toml.

DynamoDB: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/read-write-operations.html,
SQS: https://aws.amazon.com/sqs/pricing/, SNS: https://aws.amazon.com/sns/pricing/.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import cache
from math import ceil
from typing import Any

from bench.instruments.call import Call

WRITE_BYTES, READ_BYTES, QUEUE_BYTES, API_BYTES, GB = 1024, 4096, 65_536, 524_288, 1e9
INDEX_BYTES = 120  # of a job in an index, which has its keys alone
Item = dict[str, dict[str, Any]]


class Billing:
    """Reckons units; it looks items and subscriptions up in the cloud, whose boto3 clients `client` makes."""

    def __init__(self, client: Callable[[str], Any]) -> None:
        self._table, self._topics = client("dynamodb"), client("sns")
        self._subscriptions = cache(self._count_subscriptions)

    def of(self, call: Call) -> Call:
        """Return the call with its units."""
        units: dict[str, Callable[[Call], dict[str, float]]] = {
            "apigateway": _api,
            "lambda": lambda call: {"lambda_call": 1},
            "sqs": _queue,
            "sns": self._topic,
            "s3": _bucket,
            "dynamodb": self._dynamodb,
        }
        return replace(call, units=units[call.service](call)) if call.service in units else call

    def _topic(self, call: Call) -> dict[str, float]:
        """A batch is one request. A message counts for each subscription, whether its filter lets it pass or not."""
        messages = [text for name, text in call.fields.items() if name.split(".")[-1] == "Message"]
        gb = sum(len(text.encode()) for text in messages) / GB
        subscriptions = self._subscriptions(call.fields["TopicArn"])
        return {
            "fifo_publish": 1,
            "fifo_publish_gb": gb,
            "fifo_delivery": len(messages) * subscriptions,
            "fifo_delivery_gb": gb * subscriptions,
        }

    def _count_subscriptions(self, topic: str) -> int:
        pages = self._topics.get_paginator("list_subscriptions_by_topic").paginate(TopicArn=topic)
        return sum(len(page["Subscriptions"]) for page in pages)

    def _dynamodb(self, call: Call) -> dict[str, float]:
        if call.operation == "GetItem":
            return {"table_read": _read(call.answer.get("Item"), call.fields)}
        if call.operation in ("Query", "Scan"):
            # All that was looked at counts together: of a count, whose items do not travel, by the keys of an index.
            looked = call.answer.get("ScannedCount", 0) * INDEX_BYTES
            return {"table_read": max(1, ceil(looked / READ_BYTES)) * 0.5}
        if call.operation == "BatchGetItem":
            return {"table_read": sum(_batch(call))}
        if call.operation == "TransactWriteItems":
            keys = [next(iter(each.values())) for each in call.fields["TransactItems"]]
            return {"table_write": 2 * sum(self._write(each) for each in keys)}
        if call.operation == "BatchExecuteStatement":
            return {"table_write": sum(self._write(_statement(each)) for each in call.fields["Statements"])}
        return {"table_write": self._write(call.fields)}

    def _write(self, fields: dict[str, Any]) -> int:
        """A write is billed by the larger item, before or after it, and one that is refused by the item as it is.

        Items grow here, so the item as it is now is looked at.
        """
        key = fields.get("Key") or {"pk": fields["Item"]["pk"]}
        found = self._table.get_item(TableName=fields["TableName"], Key=key, ConsistentRead=True).get("Item", {})
        return max(1, ceil(size(found) / WRITE_BYTES))


def _api(call: Call) -> dict[str, float]:
    largest = max(len(call.exchange.request), len(call.exchange.answer))
    return {"api_call": max(1, ceil(largest / API_BYTES)), "lambda_call": 1}


def _queue(call: Call) -> dict[str, float]:
    """A batch is one request for each 64 KB of it, whichever way they go."""
    largest = max(len(call.exchange.request), len(call.exchange.answer))
    return {"fifo_request": max(1, ceil(largest / QUEUE_BYTES))}


def _bucket(call: Call) -> dict[str, float]:
    name = {"GetObject": "object_get", "HeadObject": "object_get", "DeleteObject": ""}.get(call.operation, "object_put")
    return {name: 1} if name else {}


def _read(item: Item | None, fields: dict[str, Any]) -> float:
    return max(1, ceil(size(item or {}) / READ_BYTES)) * (1 if fields.get("ConsistentRead") else 0.5)


def _batch(call: Call) -> Iterator[float]:
    for table, asked in call.fields["RequestItems"].items():
        found = call.answer["Responses"].get(table, [])
        yield from (_read(item, asked) for item in found)
        yield (len(asked["Keys"]) - len(found)) * _read(None, asked)


def _statement(statement: dict[str, Any]) -> dict[str, Any]:
    """Return table and key of a PartiQL statement as our worker writes them."""
    text: str = statement["Statement"]
    key = statement["Parameters"][text[: text.index('"pk"=?')].count("?")]
    return {"TableName": text.split('"')[1], "Key": {"pk": key}}


def size(item: Item) -> int:
    """Return an item's bytes: names, texts, and a byte for two digits of a number and one more."""
    return sum(len(name.encode()) + _bytes(*next(iter(value.items()))) for name, value in item.items())


def _bytes(kind: str, content: Any) -> int:
    if kind == "S":
        return len(content.encode())
    return 1 + ceil(len(content.strip("-")) / 2) if kind == "N" else 1


def together(calls: Iterable[Call]) -> Counter[str]:
    """Return the units of all calls."""
    units: Counter[str] = Counter()
    for call in calls:
        units.update(call.units)
    return units
