"""Exports traces: takes ended jobs and single spans from the queue of traces, and sends all spans to a collector."""

import itertools
import json
import os
import time
from typing import Any, Final

from runtime.contracts import headers, keys, traceparent
from runtime.contracts.variables import handler_names, handler_variables
from runtime.handlers.job.result import results
from runtime.handlers.log import Line, metrics
from runtime.handlers.table import many
from runtime.handlers.trace import collector, otlp, queue, spans
from runtime.handlers.trace.spans import Span

# Spans that the collector has not taken by then are dropped, so that an outage ends with it.
PATIENCE_SECONDS: Final = 15 * 60
METRIC: Final = "SpansDropped"
Record = dict[str, Any]


def handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    """Return the messages that must come again."""
    line, level = Line(handler_names.TRACES, context), "info"
    records: list[Record] = event["Records"]
    late = [each["messageId"] for each in records if _late(each)]
    found = _spans(records, line)
    # They were tried before: an outage must not hold up what comes after it.
    given_up = [each["messageId"] for each in records if _late(each) and _receives(each) > 1]
    dropped = sum(len(found.pop(each)) for each in given_up)
    due = list(itertools.chain.from_iterable(found.values()))
    again: list[str] = []
    try:
        if due:
            dropped += collector.send(otlp.encode(due, _resource()))
    except collector.RefusedError as error:
        level, dropped = "error", dropped + len(due)
        line.add(reason=str(error))
    except collector.UnreachedError as error:
        level = "error"
        line.add(reason=str(error))
        again = [each for each, its in found.items() if its and each not in late]
        dropped += sum(len(its) for each, its in found.items() if each in late)
    line.add(spans=len(due), again=len(again), **metrics("Function", handler_names.TRACES, {METRIC: dropped}))
    line.write(level)
    return {"batchItemFailures": [{"itemIdentifier": each} for each in again]}


def _spans(records: list[Record], line: Line) -> dict[str, list[Span]]:
    """Return the spans of each message, by its id; one that cannot be read has none."""
    made: dict[str, list[Span]] = {}
    ended: dict[str, str] = {}
    for record in records:
        identifier: str = record["messageId"]
        made[identifier] = []
        try:
            body = json.loads(record["body"])
            if "Message" in body:  # from SNS, with a result
                ended[identifier] = json.loads(body["Message"])["job_id"]
            else:
                made[identifier] = [queue.unpack(each) for each in body["spans"]]
        except (KeyError, TypeError, ValueError) as error:
            line.add(unreadable=type(error).__name__)
    jobs = many.read([keys.job(job_id) for job_id in dict.fromkeys(ended.values())])
    return made | {identifier: _of_job(jobs.get(keys.job(job_id))) for identifier, job_id in ended.items()}


def _of_job(job: dict[str, Any] | None) -> list[Span]:
    """Return the spans of a job from its item; none if it has expired, or if its trace is not recorded."""
    parent = traceparent.parse(json.loads(job["request"]).get(headers.TRACEPARENT)) if job else None
    if job is None or parent is None or not parent.sampled:
        return []
    return spans.of_job(job, results.hops(job), parent)


def _resource() -> dict[str, str]:
    return {"service.namespace": os.environ[handler_variables.METRICS_NAMESPACE]}


def _late(record: Record) -> bool:
    return time.time() - int(record["attributes"]["SentTimestamp"]) / 1000 > PATIENCE_SECONDS


def _receives(record: Record) -> int:
    return int(record["attributes"]["ApproximateReceiveCount"])
