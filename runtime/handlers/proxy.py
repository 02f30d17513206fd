"""`GET /proxy-sqs` and `DELETE /proxy-sqs`: a client's results over HTTP, each until it is acknowledged."""

import base64
import binascii
import json
import re
from typing import Any, Final

from botocore.exceptions import ClientError

from runtime.contracts import keys
from runtime.handlers import results, store
from runtime.handlers.auth import Client, authenticate
from runtime.handlers.clients import client
from runtime.handlers.endpoint import endpoint
from runtime.handlers.http import Problem, Request, Response, faults, respond
from runtime.handlers.log import Line

LONGEST_WAIT: Final = 20
MESSAGES: Final = 10
# A Lambda function answers at most 6 MB, and signing takes its time: what is more waits for the next poll.
ANSWER_BYTES: Final = 1_000_000
_RECEIPT: Final = re.compile(r"([0-9a-f]{16})\.([0-9a-f]{32})\.([A-Za-z0-9_-]+)")
_WAIT: Final = re.compile(r"[0-9]{1,2}")
_GONE: Final = {"QueueDoesNotExist", "AWS.SimpleQueueService.NonExistentQueue"}
_STALE: Final = {"ReceiptHandleIsInvalid", "InvalidParameterValue"}


@endpoint("proxy")
def handler(request: Request, line: Line) -> Response:
    """Answer 200 with what was waiting, or 204 once it is acknowledged."""
    caller = authenticate(request, line)
    needed = ("queue", "receipt") if request.method == "DELETE" else ("queue",)
    missing = [(f"?{name}", "is required") for name in needed if not request.query.get(name)]
    wait = request.query.get("wait", str(LONGEST_WAIT))
    if not _WAIT.fullmatch(wait) or int(wait) > LONGEST_WAIT:
        missing.append(("?wait", f"must be a whole number of seconds from 0 to {LONGEST_WAIT}"))
    if missing:
        raise faults(missing)
    if request.query["queue"] != caller.queue_url:
        raise Problem("forbidden", "This is not your queue.")
    try:
        if request.method == "DELETE":
            line.add(job_id=acknowledge(caller, request.query["receipt"]))
            return respond(204)
        answers, job_ids = poll(caller, int(wait))
    except ClientError as error:
        if error.response.get("Error", {}).get("Code") in _GONE:
            raise Problem("forbidden", "This is not your queue.") from error
        raise
    line.add(job_ids=job_ids)
    return respond(200, f'{{"messages": [{", ".join(answers)}]}}')


def poll(caller: Client, wait: int) -> tuple[list[str], list[str]]:
    """Return the waiting deliveries as JSON, their outputs signed, and the ids of their jobs."""
    sqs = client("sqs")
    received = sqs.receive_message(QueueUrl=caller.queue_url, MaxNumberOfMessages=MESSAGES, WaitTimeSeconds=wait)
    messages: list[dict[str, Any]] = received.get("Messages", [])
    answers: list[str] = []
    job_ids: list[str] = []
    for index, message in enumerate(messages):
        result = results.signed(json.loads(message["Body"]))
        receipt = _receipt(caller, result["job_id"], message["ReceiptHandle"])
        answer = json.dumps({"receipt": receipt, "result": result})
        if answers and sum(map(len, answers)) + len(answer) > ANSWER_BYTES:
            _release(caller, messages[index:])
            break
        answers.append(answer)
        job_ids.append(result["job_id"])
    for job_id in job_ids:
        _mark(caller, job_id, "delivered")
    return answers, job_ids


def acknowledge(caller: Client, receipt: str) -> str:
    """Remove a delivered result from the caller's queue; return its job's id."""
    parts = _RECEIPT.fullmatch(receipt)
    if parts is None or parts[1] != caller.client_id:
        raise Problem("forbidden", "This is not one of your receipts.")
    job_id = parts[2]
    try:
        handle = base64.urlsafe_b64decode(parts[3] + "=" * (-len(parts[3]) % 4)).decode()
        client("sqs").delete_message(QueueUrl=caller.queue_url, ReceiptHandle=handle)
    except (binascii.Error, UnicodeDecodeError) as error:
        raise Problem("forbidden", "This is not one of your receipts.") from error
    except ClientError as error:
        if error.response.get("Error", {}).get("Code") not in _STALE:
            raise
        if not (store.get(keys.job(job_id)) or {}).get("t_acknowledged"):  # otherwise: acknowledged before
            detail = "The receipt has expired; the result is delivered again with a new one."
            raise Problem("stale_receipt", detail) from error
    _mark(caller, job_id, "acknowledged")
    return job_id


def _receipt(caller: Client, job_id: str, handle: str) -> str:
    # SQS's own handles hold characters that a query string would have to escape.
    return f"{caller.client_id}.{job_id}.{base64.urlsafe_b64encode(handle.encode()).decode().rstrip('=')}"


def _mark(caller: Client, job_id: str, hop: str) -> None:
    """Note the first time that the job crossed `hop`."""
    condition = f"client_id = :client AND attribute_not_exists(t_{hop})"
    store.change(keys.job(job_id), {f"t_{hop}": store.now_ms()}, condition, {":client": caller.client_id})


def _release(caller: Client, messages: list[dict[str, Any]]) -> None:
    entries = [
        {"Id": str(index), "ReceiptHandle": message["ReceiptHandle"], "VisibilityTimeout": 0}
        for index, message in enumerate(messages)
    ]
    client("sqs").change_message_visibility_batch(QueueUrl=caller.queue_url, Entries=entries)
