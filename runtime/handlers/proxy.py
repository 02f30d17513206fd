"""`GET /proxy-sqs` and `DELETE /proxy-sqs`: a client's results over HTTP, each until it is acknowledged."""

import contextlib
import json
import re
from typing import Any, Final

from botocore.exceptions import BotoCoreError, ClientError

from runtime.contracts import aws_codes, headers, keys
from runtime.contracts.variables import handler_names
from runtime.handlers.boto3_clients import boto3_client
from runtime.handlers.http.auth import Client, authenticate
from runtime.handlers.http.endpoint import endpoint
from runtime.handlers.http.exchange import Request, Response, respond
from runtime.handlers.job.result import deliveries, receipts
from runtime.handlers.log import Line
from runtime.handlers.problem import Problem, faults
from runtime.handlers.table import store
from runtime.handlers.trace import delivery
from runtime.handlers.trace.queue import Span, hand_over

LONGEST_WAIT: Final = 20
RECEIVED: Final = {"MaxNumberOfMessages": 10, "MessageAttributeNames": [headers.TRACEPARENT]}
# A Lambda function answers at most 6 MB, and signing takes its time: the rest waits for the next poll.
ANSWER_BYTES: Final = 1_000_000
AWS_ERRORS: Final = (BotoCoreError, ClientError)
_WAIT: Final = re.compile(r"[0-9]{1,2}")
_STALE: Final = {"ReceiptHandleIsInvalid", "InvalidParameterValue"}


@endpoint(handler_names.PROXY)
def handler(request: Request, line: Line) -> Response:
    """Answer 200 with what was waiting, or 204 once it is acknowledged."""
    caller = authenticate(request, line)
    needed = ("queue", "receipt") if request.method == "DELETE" else ("queue",)
    missing = [(f"?{name}", "is required") for name in needed if not request.query.get(name)]
    wait = request.query.get("wait", str(LONGEST_WAIT))
    if not _WAIT.fullmatch(wait) or int(wait) > LONGEST_WAIT:
        missing.append(("?wait", f"must be a whole number of seconds from 0 to {LONGEST_WAIT}"))
    if request.query.get("receipt", "").count(",") >= receipts.MOST:
        missing.append(("?receipt", f"lists more than {receipts.MOST} receipts"))
    if missing:
        raise faults(missing)
    if request.query["queue"] != caller.queue_url:
        raise Problem("forbidden", "This is not your queue.")
    try:
        if request.method == "DELETE":
            line.add(job_ids=acknowledge(caller, receipts.read(caller.client_id, request.query["receipt"])))
            return respond(204)
        answers, job_ids = poll(caller, int(wait), line)
    except ClientError as error:
        if aws_codes.code(error.response) in aws_codes.NO_SUCH_QUEUE:
            raise Problem("forbidden", "This is not your queue.") from error
        raise
    line.add(job_ids=job_ids)
    return respond(200, f'{{"messages": [{", ".join(answers)}]}}')


def poll(caller: Client, wait: int, line: Line) -> tuple[list[str], list[str]]:
    """Return the waiting deliveries as JSON, their outputs signed, and the ids of their jobs.

    A message that is not a result of the caller's is removed and logged; one of a later version stays.
    """
    sqs = boto3_client("sqs")
    received = sqs.receive_message(QueueUrl=caller.queue_url, WaitTimeSeconds=wait, **RECEIVED)
    messages: list[dict[str, Any]] = received.get("Messages", [])
    answers, job_ids = list[str](), list[str]()
    unreadable: dict[str, str] = {}
    traced: list[Span] = []
    for index, message in enumerate(messages):
        try:
            result = deliveries.read(caller.client_id, message["Body"])
        except deliveries.UnreadableError as error:
            unreadable[message["MessageId"]] = str(error)
            with contextlib.suppress(*AWS_ERRORS):  # it comes again, and is removed then: the others do not wait for it
                boto3_client("sqs").delete_message(QueueUrl=caller.queue_url, ReceiptHandle=message["ReceiptHandle"])
            continue
        except deliveries.LaterError as error:
            unreadable[message["MessageId"]] = str(error)
            continue
        receipt = receipts.write(caller.client_id, result["job_id"], message["ReceiptHandle"])
        answer = json.dumps({"receipt": receipt, "result": result})
        if answers and sum(map(len, answers)) + len(answer) > ANSWER_BYTES:
            _release(caller, messages[index:])
            break
        answers.append(answer)
        job_ids.append(result["job_id"])
        traced += delivery.span(message, result)
    line.add(**({"unreadable": unreadable} if unreadable else {}))
    for job_id in job_ids:
        with contextlib.suppress(*AWS_ERRORS):  # the time is worth less than the results, which would wait for 30 s
            _mark(caller, job_id, "delivered")
    hand_over(traced, line)
    return answers, job_ids


def acknowledge(caller: Client, batch: list[receipts.Receipt]) -> list[str]:
    """Remove delivered results from the caller's queue; return their jobs' ids.

    Raises a Problem if receipts have expired; the results of the others are removed all the same.
    """
    stale, busy = set[int](), set[int]()
    for index, code in _delete(caller, batch).items():
        job = store.get(keys.job(batch[index].job_id)) or {}
        if code not in _STALE:
            busy.add(index)
        elif job.get("client_id") != caller.client_id or "t_acknowledged" not in job:
            stale.add(index)  # otherwise: acknowledged before
    job_ids = [receipt.job_id for index, receipt in enumerate(batch) if index not in stale | busy]
    for job_id in job_ids:
        with contextlib.suppress(*AWS_ERRORS):  # they are removed: a repeated call would find their receipts expired
            _mark(caller, job_id, "acknowledged")
    if busy:
        raise Problem("unavailable", "Not every result could be acknowledged; try again in a moment.")
    if stale:
        again = "The receipt has expired; the result is delivered again with a new one."
        some = f"{len(stale)} of {len(batch)} receipts have expired; their results are delivered again with new ones."
        raise Problem("stale_receipt", again if len(batch) == 1 else some)
    return job_ids


def _delete(caller: Client, batch: list[receipts.Receipt]) -> dict[int, str]:
    """Delete what the receipts are for; return the code for each index that SQS refused."""
    if len(batch) == 1:
        try:
            boto3_client("sqs").delete_message(QueueUrl=caller.queue_url, ReceiptHandle=batch[0].handle)
        except ClientError as error:
            code = aws_codes.code(error.response)
            if code not in _STALE:
                raise
            return {0: code}
        return {}
    entries = [{"Id": str(index), "ReceiptHandle": receipt.handle} for index, receipt in enumerate(batch)]
    answer = boto3_client("sqs").delete_message_batch(QueueUrl=caller.queue_url, Entries=entries)
    return {int(entry["Id"]): entry["Code"] for entry in answer.get("Failed", ())}


def _mark(caller: Client, job_id: str, hop: str) -> None:
    """Note the first time that the job passed `hop`."""
    condition = f"client_id = :client AND attribute_not_exists(t_{hop})"
    store.change(keys.job(job_id), {f"t_{hop}": store.now_ms()}, condition, {":client": caller.client_id})


def _release(caller: Client, messages: list[dict[str, Any]]) -> None:
    entries = [
        {"Id": str(index), "ReceiptHandle": message["ReceiptHandle"], "VisibilityTimeout": 0}
        for index, message in enumerate(messages)
    ]
    with contextlib.suppress(*AWS_ERRORS):  # otherwise they come again a little later
        boto3_client("sqs").change_message_visibility_batch(QueueUrl=caller.queue_url, Entries=entries)
