"""Parameters that several calls take."""

from typing import Any, Final

from runtime.contracts import headers, keys
from runtime.contracts.routes.route import Parameter

TEXT: Final[dict[str, Any]] = {"type": "string"}


def idempotency(least: int) -> Parameter:
    schema = {"type": "string", "minLength": least, "maxLength": 128, "pattern": "^[!-~]+$"}
    return ("header", "Idempotency-Key", False, schema, "the same key with the same request acts once")


TRACE: Final[Parameter] = (
    "header",
    headers.TRACEPARENT,
    False,
    TEXT,
    "W3C Trace Context: the job becomes part of the caller's trace; a value that cannot be read is ignored",
)
QUEUE: Final[Parameter] = ("query", "queue", True, TEXT, "the queue_url that provisioning answered")
JOB: Final[Parameter] = ("path", "job_id", True, {"type": "string", "pattern": f"^{keys.JOB_ID_PATTERN}$"}, "the job")
BATCH: Final[Parameter] = (
    "path",
    "batch_id",
    True,
    {"type": "string", "pattern": f"^{keys.BATCH_ID_PATTERN}$"},
    "the batch",
)
SINCE: Final[Parameter] = (
    "query",
    "since",
    False,
    {"type": "integer", "minimum": 0},
    "accepted at this time or later, in ms",
)
WAIT: Final[Parameter] = (
    "query",
    "wait",
    False,
    {"type": "integer", "minimum": 0, "maximum": 20, "default": 20},
    "seconds to wait for a first message",
)
