"""Tells the scaler that a job has arrived, so that the first task of a service at zero starts at once."""

import json
import os
import time
from typing import Final

from botocore.exceptions import BotoCoreError, ClientError

from runtime.contracts import keys
from runtime.contracts.variables import handler_variables
from runtime.handlers.boto3_clients import boto3_client
from runtime.handlers.table import store

# For each algorithm, whatever the number of jobs: the scaler sees the whole queue.
EVERY_SECONDS: Final = 5
_poked: dict[str, float] = {}


def poke(algorithm: str, *, overflow: bool = False) -> str:
    """Tell the scaler of a job, and whether it is on the overflow queue.

    Returns what was done: "poked", "recent" if somebody did within seconds, or what went wrong.

    Never raises: the job is on its queue, and the scaler's next sweep, within a minute, finds it.
    """
    try:
        if not _my_turn(algorithm):
            return "recent"
        boto3_client("lambda").invoke(
            FunctionName=os.environ[handler_variables.SCALER_FUNCTION],
            InvocationType="Event",
            Payload=json.dumps({"algorithm": algorithm, **({"overflow": True} if overflow else {})}),
        )
    except (BotoCoreError, ClientError) as error:
        return f"{type(error).__name__}: {error}"
    return "poked"


def _my_turn(algorithm: str) -> bool:
    """Return whether nobody, in this process or another, has poked within seconds, and note that this process does."""
    now = time.monotonic()
    if now - _poked.get(algorithm, -EVERY_SECONDS) < EVERY_SECONDS:
        return False
    _poked[algorithm] = now
    # An item of its own: the service record is the deployment's, which would undo an added attribute.
    note: store.Item = {"pk": keys.poke(algorithm), "at": store.now_ms(), "expires": store.expires(EVERY_SECONDS)}
    return store.put_new(note)
