"""Which trace a request belongs to: its caller's, or one of its own if it is among those that are recorded."""

import os
from collections.abc import Mapping
from typing import Final

from runtime.contracts import headers, traceparent
from runtime.contracts.traceparent import Context
from runtime.contracts.variables import handler_variables

_DIGITS: Final = 8


def of_request(identifier: str, sent: Mapping[str, str]) -> Context | None:
    """Return the context under which a request's job or batch is; None if it belongs to no trace.

    A caller's flag is obeyed, whichever it is. Of the others the configured share is recorded, by digits of the id, so
    that a repeated call decides alike.
    """
    caller = traceparent.parse(sent.get(headers.TRACEPARENT))
    if caller is not None:
        return caller
    share = int(os.environ.get(handler_variables.TRACE_PERCENT, "0")) / 100
    digits = identifier.removeprefix("b-")[-_DIGITS:]
    return traceparent.alone(identifier, sampled=True) if int(digits, 16) < share * 16**_DIGITS else None


def fields(parent: Context | None) -> dict[str, str]:
    """Return what a job's message holds of the context that it is under."""
    return {headers.TRACEPARENT: str(parent)} if parent else {}


def logged(parent: Context | None) -> dict[str, str]:
    """Return what a log line says of the trace."""
    return {"trace_id": parent.trace_id} if parent else {}
