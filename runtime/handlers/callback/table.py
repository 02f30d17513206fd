"""The callbacks table: where each callback goes with its secret, and the turns of receivers.

It is a table of its own because workers may read the jobs table, and nothing there may sign for a client.

| pk | attributes |
|---|---|
| `<job_id>` or `<batch_id>` | url, secret, expires |
| `turn#<client_id>#<authority>#<n>` | held_until (milliseconds since the epoch), expires |
"""

import os
import random
import time
from typing import Any, Final

from botocore.exceptions import ClientError

from runtime.contracts import aws_codes, keys
from runtime.contracts.items import pack, unpack
from runtime.contracts.variables import handler_variables
from runtime.handlers.boto3_clients import boto3_client

# Jobs end within a week at most, and a callback is dead a day later.
TTL_SECONDS: Final = keys.JOB_TTL_SECONDS
# Callbacks of one client to one host that are on their way at the same time.
TURNS: Final = 2
# A function that dies gives its turn back by this; longer than it may run.
LEASE_SECONDS: Final = 30


def allowed_hosts() -> tuple[str, ...]:
    """Return the hosts that this stack may call back."""
    return tuple(filter(None, os.environ.get(handler_variables.CALLBACK_HOSTS, "").split(",")))


def keep(callback_id: str, callback: dict[str, Any]) -> dict[str, str]:
    """Write where the end of a job, or of each job of a batch, is sent; return what its message says of that."""
    if not callback.get("url"):
        return {}
    expires = int(time.time()) + TTL_SECONDS
    item = {"pk": callback_id, "url": callback["url"], "secret": callback["secret"], "expires": expires}
    boto3_client("dynamodb").put_item(TableName=_name(), Item=pack(item))
    return {"callback_id": callback_id}


def find(callback_id: str) -> dict[str, Any] | None:
    """Return the url and the secret of a callback; None if it is done or has expired."""
    key = pack({"pk": callback_id})
    answer = boto3_client("dynamodb").get_item(TableName=_name(), Key=key, ConsistentRead=True)
    return unpack(answer["Item"]) if "Item" in answer else None


def remove(pk: str) -> None:
    """Remove an item."""
    boto3_client("dynamodb").delete_item(TableName=_name(), Key=pack({"pk": pk}))


def take_turn(client_id: str, authority: str) -> str | None:
    """Return a turn to call a host for a client; None if all are taken, or wait after a failure."""
    for number in random.sample(range(TURNS), TURNS):
        turn = f"turn#{client_id}#{authority}#{number}"
        if _hold(turn, LEASE_SECONDS, "attribute_not_exists(pk) OR held_until < :now"):
            return turn
    return None


def hold_turn(turn: str, seconds: float) -> None:
    """Keep a turn for so long that its host is left alone after a failure."""
    _hold(turn, seconds, "attribute_exists(pk)")


def _hold(turn: str, seconds: float, condition: str) -> bool:
    now = time.time()
    item = {"pk": turn, "held_until": int((now + seconds) * 1000), "expires": int(now + seconds) + 3600}
    values = {"ExpressionAttributeValues": pack({":now": int(now * 1000)})} if ":now" in condition else {}
    try:
        boto3_client("dynamodb").put_item(TableName=_name(), Item=pack(item), ConditionExpression=condition, **values)
    except ClientError as error:
        if aws_codes.code(error.response) == aws_codes.CONDITION_FAILED:
            return False
        raise
    return True


def _name() -> str:
    return os.environ[handler_variables.CALLBACKS_TABLE]
