"""One structured line a call: who, how long, how it ended. Never what a request says, which may be about a patient."""

import json
import os
import sys
import time
from collections.abc import Mapping
from typing import Any

from runtime.contracts.metrics import embedded
from runtime.contracts.variables import handler_variables


class Line:
    """The log line of one call, filled in as the call goes."""

    def __init__(self, handler: str, context: Any) -> None:
        self._start = time.perf_counter()
        self._fields: dict[str, Any] = {
            "handler": handler,
            "request_id": getattr(context, "aws_request_id", ""),
            "job_id": None,
            "client_id": None,
        }

    def add(self, **fields: Any) -> None:
        """Note fields; a later value replaces an earlier one."""
        self._fields.update(fields)

    def write(self, level: str, status: int | None = None) -> None:
        """Write the line."""
        duration = round((time.perf_counter() - self._start) * 1000, 1)
        line = {"level": level, **self._fields, "status": status, "duration_ms": duration}
        sys.stdout.write(json.dumps(line, default=str) + "\n")
        sys.stdout.flush()


def metrics(dimension: str, value: str, counts: Mapping[str, float]) -> dict[str, Any]:
    """Return the fields from which CloudWatch reads metrics, in the namespace of the stack."""
    return embedded(os.environ[handler_variables.METRICS_NAMESPACE], (dimension, value), counts)
