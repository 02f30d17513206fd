"""The spans of a job: each from one of its hops to the next, below the span of the whole job."""

import itertools
import json
from collections.abc import Mapping
from typing import Any, Final, NamedTuple

from runtime.contracts import keys, states, traceparent
from runtime.contracts.traceparent import Context

Attributes = dict[str, str | int]

# https://opentelemetry.io/docs/specs/otel/trace/api/#spankind, by the numbers of OTLP
INTERNAL: Final = 1
SERVER: Final = 2
CLIENT: Final = 3
PRODUCER: Final = 4
CONSUMER: Final = 5
API: Final = "imaging-api"
WORKER: Final = "imaging-worker"
# By the hop at which it ends.
_PARTS: Final = {
    "queued": ("accept", API, SERVER),
    "started": ("wait", WORKER, CONSUMER),
    "fetched": ("fetch", WORKER, INTERNAL),
    "computed": ("compute", WORKER, INTERNAL),
    "stored": ("commit", WORKER, INTERNAL),
    "published": ("publish", WORKER, PRODUCER),
}


class Span(NamedTuple):
    """One span; `start` and `end` are milliseconds since the epoch, `error` is the code of what failed."""

    service: str
    name: str
    kind: int
    context: Context
    parent: str
    start: int
    end: int
    attributes: Attributes
    error: str = ""


def of_job(job: Mapping[str, Any], hops: Mapping[str, int], parent: Context) -> list[Span]:
    """Return the spans of an ended job from its item, except for what comes after its publication."""
    job_id = keys.job_id(job["pk"])
    whole = traceparent.own(job_id, parent)
    known = [(hop, hops[hop]) for hop in states.HOPS if hop in hops and (hop in _PARTS or hop == "accepted")]
    common: Attributes = {
        "imaging.job_id": job_id,
        "imaging.client_id": job["client_id"],
        "imaging.algorithm": job["algorithm"],
    }
    ended: Attributes = {**common, "imaging.status": job["state"], "imaging.attempts": int(job.get("attempts", 0))}
    error = json.loads(job.get("error") or "{}")
    times = [at for _, at in known]
    made = [
        Span(
            API,
            f"job {job['algorithm']}",
            INTERNAL,
            whole,
            "" if parent.span_id == whole.span_id else parent.span_id,
            min(times, default=0),
            max(times, default=0),
            ended,
            error.get("code", ""),
        )
    ]
    for (_, start), (hop, end) in itertools.pairwise(known):
        name, service, kind = _PARTS[hop]
        # two machines' clocks may differ
        made.append(part(whole, job_id, name, start, max(start, end), common, service=service, kind=kind))
    return made


def part(
    whole: Context,
    identifier: str,
    name: str,
    start: int,
    end: int,
    attributes: Attributes,
    *,
    service: str = API,
    kind: int = INTERNAL,
    error: str = "",
) -> Span:
    """Return the span of a part of a job."""
    context = Context(whole.trace_id, traceparent.span_id(identifier, name), whole.sampled)
    return Span(service, name, kind, context, whole.span_id, start, end, attributes, error)
