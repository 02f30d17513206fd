"""Ends the jobs of messages that cannot be read, as far as their jobs are known."""

import json
from typing import Any

from runtime.contracts import keys
from runtime.contracts.messages import BadMessageError, decode_job
from runtime.contracts.models import Fault, JobMessage
from runtime.worker import log
from runtime.worker.aws.jobs_table import JobsTable
from runtime.worker.aws.requests_queue import RequestsQueue
from runtime.worker.jobs.held_job import HeldJob, Receipt, now_ms
from runtime.worker.jobs.held_jobs import HeldJobs
from runtime.worker.jobs.outcome import failed
from runtime.worker.steps.ends.commit import Committer
from runtime.worker.steps.give_back import pause


class Refusal:
    """Ends jobs whose message is bad. The receiving thread uses it."""

    def __init__(self, *, queue: RequestsQueue, table: JobsTable, jobs: HeldJobs, committer: Committer) -> None:
        self._queue = queue
        self._table = table
        self._jobs = jobs
        self._committer = committer

    def end(self, message: dict[str, Any], receipt: Receipt, error: BadMessageError, until: float) -> None:
        """End the job of a message that cannot be read; its lease ends at `until`, on the monotonic clock."""
        job_id = readable_job_id(error.data)
        log.line("bad_message", job_id=job_id, message_id=message.get("MessageId"), reason=error.message)
        try:
            item = self._table.get(job_id) if job_id else None
            if item is None or "t_published" in item:
                self._queue.delete([receipt])
                return
            try:
                request = decode_job(str(item.get("request", "")))
            except BadMessageError:
                # Too little is known to publish a result here. The message will go to the dead letters, whose consumer
                # publishes what the table says.
                fault = Fault(code=error.code, message=error.message, retryable=False)
                self._table.refuse(str(job_id), fault)
                count = int(message["Attributes"]["ApproximateReceiveCount"])
                self._queue.give_back([(receipt, pause(count))])
            else:
                job = held_job(message, receipt, request, until)
                self._jobs.add([job])
                self._committer.finish(job, failed(error.code, error.message))
        except Exception as problem:  # the message comes again
            log.line("refuse_failed", job_id=job_id, error=f"{type(problem).__name__}: {problem}")


def held_job(
    message: dict[str, Any], receipt: Receipt, job: JobMessage, until: float, *, yields: bool = False
) -> HeldJob:
    """Return a received message as a job that this worker holds."""
    attributes = message["Attributes"]
    return HeldJob(
        message=job,
        receipt=receipt,
        group=attributes["MessageGroupId"],
        receive_count=int(attributes["ApproximateReceiveCount"]),
        lease_until=until,
        hops={"accepted": job.accepted_at, "queued": int(attributes["SentTimestamp"]), "started": now_ms()},
        yields=yields,
    )


def readable_job_id(body: str) -> str | None:
    """Return the job_id of a message that is otherwise unreadable, or None."""
    try:
        job_id = json.loads(body)["job_id"]
    except (ValueError, TypeError, KeyError, RecursionError):
        return None
    return job_id if isinstance(job_id, str) and keys.JOB_ID.fullmatch(job_id) else None
