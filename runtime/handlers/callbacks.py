"""Sends callbacks: takes the events of the callbacks queue, and gives back what its receiver did not take."""

import json
import os
import time
from datetime import UTC, datetime
from typing import Any, Final

from runtime.contracts import keys
from runtime.contracts.results import fit
from runtime.contracts.variables import handler_names, handler_variables
from runtime.handlers.boto3_clients import boto3_client
from runtime.handlers.callback import back_off, signature, table
from runtime.handlers.callback.post import NotDeliveredError, post
from runtime.handlers.callback.target import parse
from runtime.handlers.log import Line, metrics
from runtime.handlers.table import store
from runtime.handlers.trace import delivery
from runtime.handlers.trace.queue import hand_over

DELIVERED: Final = "delivered"
DEAD: Final = "dead"


def handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    """Return the messages that must come again."""
    failed: list[str] = []
    for record in event["Records"]:
        line, level = Line(handler_names.CALLBACKS, context), "info"
        try:
            wait = send(record, line)
            if wait is not None:
                failed.append(record["messageId"])
                _hide(record, wait)
        except Exception as error:  # it comes again after the queue's visibility timeout
            level = "error"
            line.add(error=type(error).__name__)
            failed = [*(each for each in failed if each != record["messageId"]), record["messageId"]]
        line.write(level)
    return {"batchItemFailures": [{"itemIdentifier": each} for each in failed]}


def send(record: dict[str, Any], line: Line) -> int | None:
    """Send one callback; return the seconds until it is tried again, None if it is delivered, dead or gone."""
    envelope = json.loads(record["body"])
    result = json.loads(envelope["Message"])
    callback_id: str = envelope["MessageAttributes"][keys.CALLBACK_ATTRIBUTE]["Value"]
    age = time.time() - int(record["attributes"]["SentTimestamp"]) / 1000
    line.add(job_id=result["job_id"], client_id=result["client_id"], age_seconds=round(age))
    callback = table.find(callback_id)
    if callback is None:
        line.add(callback="gone")
        return None
    try:
        target = parse(callback["url"], table.allowed_hosts())
    except ValueError:
        return _failed(envelope, age, "the host is no longer allowed", line)
    turn = table.take_turn(result["client_id"], target.authority)
    if turn is None:
        if back_off.is_over(age):
            return _failed(envelope, age, "its host took too few calls", line)
        line.add(callback="waits for a turn")
        return back_off.without_turn(age)
    body = content(result)
    headers = signature.headers(callback["secret"], result["job_id"], int(time.time()), body)
    try:
        post(target, body, headers)
    except NotDeliveredError as error:
        table.hold_turn(turn, back_off.PAUSE_SECONDS)
        return _failed(envelope, age, str(error), line)
    table.remove(turn)
    _end(envelope, DELIVERED, line)
    return None


def content(result: dict[str, Any]) -> bytes:
    """Return what is sent: how the job ended. What it says of an image is read with the client's token alone."""
    error = result.get("error")
    data = {
        "job_id": result["job_id"],
        "client_id": result["client_id"],
        "algorithm": result["algorithm"],
        "state": result["status"],
        "error": {"code": error["code"], "retryable": error["retryable"]} if error else None,
    }
    ended = datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    return fit.dumps({"type": "job.ended", "timestamp": ended, "data": data}).encode()


def _failed(envelope: dict[str, Any], age: float, why: str, line: Line) -> int | None:
    if not back_off.is_over(age):
        line.add(callback="failed", reason=why)
        return back_off.after_failure(age)
    line.add(reason=why, **metrics("Function", handler_names.CALLBACKS, {"DeadCallbacks": 1}))
    _end(envelope, DEAD, line)
    return None


def _end(envelope: dict[str, Any], state: str, line: Line) -> None:
    """Note in the job's item what became of its callback, and forget the secret of a single job."""
    result = json.loads(envelope["Message"])
    callback_id: str = envelope["MessageAttributes"][keys.CALLBACK_ATTRIBUTE]["Value"]
    line.add(callback=state)
    store.change(keys.job(result["job_id"]), {"callback_state": state})
    if callback_id == result["job_id"]:
        table.remove(callback_id)
    hand_over(delivery.callback(envelope, result, state, "not_delivered" if state == DEAD else ""), line)


def _hide(record: dict[str, Any], seconds: int) -> None:
    boto3_client("sqs").change_message_visibility(
        QueueUrl=os.environ[handler_variables.CALLBACKS_QUEUE_URL],
        ReceiptHandle=record["receiptHandle"],
        VisibilityTimeout=seconds,
    )
