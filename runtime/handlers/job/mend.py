"""Mends an open job whose process died: sends it, publishes its end, or ends it as too old; each step repeatable."""

import os
from typing import Final

from runtime.contracts import states
from runtime.contracts.variables import handler_variables
from runtime.handlers.job.request.submit import send
from runtime.handlers.job.result import manifest, publish, results
from runtime.handlers.table import service_records, store

# The router needs a second from the acceptance to the queue, a worker a moment from the end to the result.
GRACE_MS: Final = 5 * 60_000
RESENT: Final = "resent"
PUBLISHED: Final = "published"
TIMED_OUT: Final = "timed_out"
RECOVERED: Final = "recovered"
MAX_AGE_SECONDS: Final = 24 * 3600


class UnpublishedError(RuntimeError):
    """A result that one of its topics still does not have."""


def mend(job: store.Item, now: int) -> str | None:
    """Do the missing step and return its name; None if nothing is missing or another process did it."""
    if job["state"] in states.END_STATES:
        return _publish(job, now)
    age = now - job["t_accepted"]
    if age > max_age_ms():
        return _end(job)
    if job["state"] == states.ACCEPTED and age > GRACE_MS:
        return _send(job)
    return None


def max_age_ms() -> int:
    """Return how long after its acceptance a job has ended in any case."""
    return int(os.environ.get(handler_variables.JOB_MAX_AGE_SECONDS, MAX_AGE_SECONDS)) * 1000


def _send(job: store.Item) -> str | None:
    """Put the job on its queue; its router did not come to that, or could not note it.

    A message that is there already does no harm. Within five minutes SQS drops the second; later it waits in the same
    message group until the first is gone, which is after the job's end, and no worker begins a job that has ended.
    """
    record = service_records.find(job["algorithm"])
    if record is None:  # its service is gone: it ends by its age, or is sent once the service is back
        return None
    send(job, record)
    return RESENT


def _publish(job: store.Item, now: int) -> str | None:
    """Publish an end that was not published when it was looked at some minutes ago."""
    if "t_distributed" in job:  # published; only the mark is left
        store.change(job["pk"], {"t_distributed": job["t_distributed"]}, remove=("untold_to",))
        return None
    if "untold_since" not in job:  # whoever ended it may be about to publish
        store.change(job["pk"], {"untold_since": now}, "attribute_exists(untold_to)")
        return None
    if now - job["untold_since"] < GRACE_MS:
        return None
    publish.publish_stored(job["pk"])
    if not publish.is_published(store.get(job["pk"]) or job):
        raise UnpublishedError("the topic of its distribution refuses the result")
    return PUBLISHED


def _end(job: store.Item) -> str | None:
    hours = max_age_ms() / 3_600_000
    message = f"The job had not ended {hours:g} hours after it was accepted, so it was given up; it may be sent again."
    # What a worker had stored before it died is the job's result, as it is for a dead letter.
    result = manifest.read(job) or results.failure(job, states.TIMED_OUT, "too_old", message)
    if not results.end(job, result):
        return None
    publish.publish_stored(job["pk"])
    return TIMED_OUT if result["status"] == states.TIMED_OUT else RECOVERED
