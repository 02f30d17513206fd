"""The spans of a job after its publication: a result that is handed to its client, and a receiver that is called."""

import time
from collections.abc import Mapping
from typing import Any

from runtime.contracts import headers, traceparent
from runtime.handlers.trace import spans
from runtime.handlers.trace.spans import Span


def span(message: Mapping[str, Any], result: Mapping[str, Any]) -> list[Span]:
    """Return the span of a result's way to its client, of which the proxy has received `message`; none if not traced.

    A result that comes again is handed over again: its span ends later then, under the same id.
    """
    attributes = message.get("MessageAttributes", {})
    whole = traceparent.parse(attributes.get(headers.TRACEPARENT, {}).get("StringValue"))
    return [_to_now(whole, result, "deliver", spans.SERVER)] if whole else []


def callback(envelope: Mapping[str, Any], result: Mapping[str, Any], state: str, error: str) -> list[Span]:
    """Return the span of a job's callback from its publication to the end of the last try; none if not traced."""
    whole = traceparent.parse(envelope["MessageAttributes"].get(headers.TRACEPARENT, {}).get("Value"))
    if whole is None:
        return []
    made = _to_now(whole, result, "callback", spans.CLIENT)
    return [made._replace(attributes={**made.attributes, "imaging.callback_state": state}, error=error)]


def _to_now(whole: traceparent.Context, result: Mapping[str, Any], name: str, kind: int) -> Span:
    now = time.time_ns() // 1_000_000
    job_id: str = result["job_id"]
    start = min(now, max(result.get("hops", {}).values(), default=now))  # the last hop is its publication or its end
    attributes: spans.Attributes = {"imaging.job_id": job_id, "imaging.client_id": result["client_id"]}
    return spans.part(whole, job_id, name, start, now, attributes, kind=kind)
