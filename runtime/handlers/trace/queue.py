"""Hands spans to the function that exports them, by a queue: no call and no job ever waits for a collector."""

import os
from collections.abc import Sequence
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError

from runtime.contracts.results import fit
from runtime.contracts.traceparent import Context
from runtime.contracts.variables import handler_variables
from runtime.handlers.boto3_clients import boto3_client
from runtime.handlers.log import Line
from runtime.handlers.trace.spans import Span


def hand_over(spans: Sequence[Span], line: Line) -> None:
    """Put recorded spans on the queue of traces, if there is one; what the queue does not take is counted and lost."""
    url = os.environ.get(handler_variables.TRACES_QUEUE_URL)
    recorded = [span for span in spans if span.context.sampled]
    if not url or not recorded:
        return
    body = fit.dumps({"spans": [pack(each) for each in recorded]})
    try:
        boto3_client("sqs").send_message(QueueUrl=url, MessageBody=body)
    except (BotoCoreError, ClientError) as error:
        line.add(spans_dropped=len(recorded), spans_error=type(error).__name__)


def pack(span: Span) -> dict[str, Any]:
    """Return a span as JSON has it."""
    return {**span._asdict(), "context": list(span.context)}


def unpack(packed: dict[str, Any]) -> Span:
    """Return the span that `pack` was given."""
    fields: dict[str, Any] = {**packed, "context": Context(*packed["context"])}
    return Span(**fields)
