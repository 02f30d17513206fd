"""The jobs table, as the handlers see it: flat items of strings, numbers and booleans, and conditional writes."""

import math
import os
import random
import time
from typing import Any, Final

from botocore.exceptions import ClientError

from runtime.contracts import aws_codes
from runtime.contracts.items import Item, pack, unpack
from runtime.contracts.variables import handler_variables
from runtime.handlers.boto3_clients import boto3_client
from runtime.handlers.problem import Problem

TRANSACTION_ATTEMPTS: Final = 6
_PASSING: Final = aws_codes.THROTTLED | {"TransactionConflict"}


def now_ms() -> int:
    """Return the time in milliseconds since the epoch."""
    return time.time_ns() // 1_000_000


def expires(seconds: int) -> int:
    """Return the time in `seconds` from now, in seconds since the epoch, as the table's TTL wants it."""
    return int(time.time()) + seconds


def table() -> str:
    """Return the table's name."""
    return os.environ[handler_variables.TABLE_NAME]


def get(key: str) -> Item | None:
    """Return the item as of now; None if there is none, or if it has expired but is not yet deleted."""
    answer = boto3_client("dynamodb").get_item(TableName=table(), Key={"pk": {"S": key}}, ConsistentRead=True)
    item = unpack(answer["Item"]) if "Item" in answer else None
    return None if item and item.get("expires", math.inf) < time.time() else item


def put(item: Item) -> None:
    """Write an item, whatever is there."""
    boto3_client("dynamodb").put_item(TableName=table(), Item=pack(item))


def put_new(item: Item) -> bool:
    """Write `item` unless a living one has its key; return whether it was written."""
    condition = "attribute_not_exists(pk) OR expires < :now"
    values = pack({":now": int(time.time())})
    try:
        boto3_client("dynamodb").put_item(
            TableName=table(), Item=pack(item), ConditionExpression=condition, ExpressionAttributeValues=values
        )
    except ClientError as error:
        return _refused(error)
    return True


def change(
    key: str,
    values: Item,
    condition: str = "attribute_exists(pk)",
    operands: Item | None = None,
    remove: tuple[str, ...] = (),
) -> bool:
    """Set `values` if `condition` holds; return whether it held. `operands` are the condition's `:values`.

    Every attribute in the condition that `values` does not set is written plainly; `#state` stands for `state`.
    """
    arguments = update(key, values, condition, operands, remove)
    try:
        boto3_client("dynamodb").update_item(**arguments)
    except ClientError as error:
        return _refused(error)
    return True


def update(
    key: str, values: Item, condition: str, operands: Item | None = None, remove: tuple[str, ...] = ()
) -> dict[str, Any]:
    """Return the arguments of an update, alone or within a transaction."""
    names = {f"#{name}": name for name in (*values, *remove)}
    expression = "SET " + ", ".join(f"#{name} = :{name}" for name in values)
    if remove:
        expression += " REMOVE " + ", ".join(f"#{name}" for name in remove)
    if "#state" in condition:
        names["#state"] = "state"
    return {
        "TableName": table(),
        "Key": pack({"pk": key}),
        "UpdateExpression": expression,
        "ConditionExpression": condition,
        "ExpressionAttributeNames": names,
        "ExpressionAttributeValues": pack({f":{name}": value for name, value in values.items()} | (operands or {})),
    }


def delete(key: str, condition: str = "attribute_exists(pk)", operands: Item | None = None) -> bool:
    """Remove the item if `condition` holds; return whether it held."""
    values = {"ExpressionAttributeValues": pack(operands)} if operands else {}
    try:
        boto3_client("dynamodb").delete_item(
            TableName=table(), Key=pack({"pk": key}), ConditionExpression=condition, **values
        )
    except ClientError as error:
        return _refused(error)
    return True


def pause(attempt: int, seconds: float = 0.05) -> None:
    """Wait before a call is repeated: at most `seconds` at first (attempt 0), twice as long each time."""
    time.sleep(random.uniform(0, seconds * 2**attempt))  # noqa: S311 - two callers must not meet again


def transact(*actions: dict[str, Any]) -> bool:
    """Do all of the actions or none; return whether all their conditions held."""
    for attempt in range(TRANSACTION_ATTEMPTS):
        try:
            boto3_client("dynamodb").transact_write_items(TransactItems=list(actions))
        except ClientError as error:
            reasons = {reason.get("Code") for reason in error.response.get("CancellationReasons", [])}
            if "ConditionalCheckFailed" in reasons:
                return False
            if not reasons & _PASSING:
                raise
            pause(attempt)
        else:
            return True
    raise Problem("unavailable", "Too many calls at once; try again in a moment.")


def _refused(error: ClientError) -> bool:
    if aws_codes.code(error.response) == aws_codes.CONDITION_FAILED:
        return False
    raise error
