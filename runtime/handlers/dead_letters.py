"""Ends jobs whose messages were dead-lettered, so that their clients are told: takes the dead-letter queues' events."""

import json
import traceback
from typing import Any

from runtime.contracts import keys, states
from runtime.contracts.codes import EXHAUSTED
from runtime.contracts.variables import handler_names
from runtime.handlers import compiled
from runtime.handlers.job.result import manifest, publish, results
from runtime.handlers.log import Line
from runtime.handlers.table import store


def handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    """Return the messages that must come again: those whose job could not be ended now."""
    line = Line(handler_names.DEAD_LETTERS, context)
    ended: dict[str, str] = {}
    dropped: list[str] = []
    failed: list[str] = []
    for record in event["Records"]:
        message_id = record["messageId"]
        try:
            job = find(record["body"])
            if job is None:
                dropped.append(message_id)
            else:
                ended[keys.job_id(job["pk"])] = finish(job)
        except Exception as error:
            failed.append(message_id)
            line.add(error=type(error).__name__, stack=traceback.format_tb(error.__traceback__))
    line.add(ended=ended, dropped=dropped, failed=failed)
    line.write("error" if failed or dropped else "info")
    return {"batchItemFailures": [{"itemIdentifier": message_id} for message_id in failed]}


def find(body: str) -> store.Item | None:
    """Return the job that a message is about; None if it is about none."""
    try:
        message: Any = json.loads(body)
        job_id = message["job_id"]
    except (ValueError, TypeError, KeyError, RecursionError):
        return None
    if not isinstance(job_id, str) or not keys.JOB_ID.fullmatch(job_id):
        return None
    job = store.get(keys.job(job_id))
    if job is None and not compiled.check("message")(message):
        # Its item has expired, or was never written; the client is told all the same.
        job = {
            "pk": keys.job(job_id),
            "state": states.QUEUED,
            "client_id": message["client_id"],
            "algorithm": message["algorithm"],
            "shard": message["shard"],
            "request": body,
            "expires": store.expires(keys.JOB_TTL_SECONDS),
            "t_accepted": message["accepted_at"],
            "untold_to": message["client_id"],
        }
        store.put_new(job)
    return job


def finish(job: store.Item) -> str:
    """End the job if it is open, as its manifest says or else as failed; publish that if needed; return the state."""
    if job["state"] not in states.END_STATES:
        result = manifest.read(job) or results.failure(job, states.FAILED, "dead_lettered", EXHAUSTED)
        results.end(job, result)  # if another was faster, its result counts
    return publish.publish_stored(job["pk"])
