"""Writes one JSON object a line to standard output, without any identifier of a study, series, image or patient."""

import itertools
import json
import os
import sys
import threading
import time
from collections.abc import Iterable
from typing import Any

from runtime.contracts import states
from runtime.contracts.metrics import MILLISECONDS, embedded
from runtime.contracts.models import JobResult
from runtime.contracts.states import HOPS
from runtime.contracts.variables import worker_variables

_lock = threading.Lock()


def line(event: str, **fields: Any) -> None:
    """Write one line."""
    _write(_text(event, **fields))


def jobs_ended(jobs: Iterable[tuple[JobResult, int]]) -> None:
    """Write a line for each job that ended, from its result and its receive count; metrics are made from it."""
    _write("".join(itertools.starmap(_job_ended, jobs)))


def _write(text: str) -> None:
    with _lock:
        sys.stdout.write(text)
        sys.stdout.flush()


def _text(event: str, **fields: Any) -> str:
    return json.dumps({"time": round(time.time(), 3), "event": event, **fields}, separators=(",", ":")) + "\n"


def _job_ended(result: JobResult, receive_count: int) -> str:
    return _text(
        "job_ended",
        **metrics(result),
        job_id=result.job_id,
        client_id=result.client_id,
        algorithm=result.algorithm,
        status=result.status,
        code=result.error.code if result.error else None,
        attempts=result.attempts,
        receive_count=receive_count,
        outputs=len(result.outputs),
        bytes=sum(output.bytes for output in result.outputs),
        milliseconds=durations(result.hops),
    )


def metrics(result: JobResult) -> dict[str, Any]:
    """Return what lets CloudWatch read metrics from the line (embedded metric format), if a namespace is set."""
    namespace = os.environ.get(worker_variables.METRICS_NAMESPACE)
    if not namespace:
        return {}
    values: dict[str, int] = {"Jobs": 1, "Failures": int(result.status in states.FAILURES)}
    if result.hops:
        values[MILLISECONDS] = max(result.hops.values()) - min(result.hops.values())
    return embedded(namespace, ("Algorithm", result.algorithm), values)


def durations(hops: dict[str, int]) -> dict[str, int]:
    """Return the time from each hop of a job to the next, in milliseconds, by the later hop."""
    known = [hop for hop in HOPS if hop in hops]
    return {later: hops[later] - hops[earlier] for earlier, later in itertools.pairwise(known)}
