"""From the queue into the worker's jobs: received and decoded ten at a time, claimed while the next are received."""

import contextlib
import json
import re
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from runtime.contracts.messages import BadMessageError, decode_job, decode_result
from runtime.contracts.models import Fault, JobMessage, JobResult
from runtime.worker import log
from runtime.worker.aws.jobs_table import Item, JobsTable
from runtime.worker.aws.requests_queue import RequestsQueue
from runtime.worker.aws.task_protection import TaskProtection
from runtime.worker.jobs.held_job import HeldJob, now_ms
from runtime.worker.jobs.held_jobs import HeldJobs
from runtime.worker.jobs.outcome import Outcome, failed, result
from runtime.worker.steps.commit import Committer
from runtime.worker.steps.give_back import GiveBack, pause
from runtime.worker.steps.prepare import Preparer

JOB_ID = re.compile(r"[0-9a-f]{32}")


class Receiver:
    """One thread runs `run`; `stopping` ends it after the poll under way."""

    def __init__(
        self,
        *,
        algorithm: str,
        distribution: str,
        lease_seconds: float,
        queue: RequestsQueue,
        table: JobsTable,
        jobs: HeldJobs,
        preparer: Preparer,
        committer: Committer,
        give_back: GiveBack,
        protection: TaskProtection,
    ) -> None:
        self._algorithm = algorithm
        self._distribution = distribution
        self._lease = lease_seconds
        self._queue = queue
        self._table = table
        self._jobs = jobs
        self._preparer = preparer
        self._committer = committer
        self._give_back = give_back
        self._protection = protection
        self._claims = ThreadPoolExecutor(2, "claim")

    def run(self, stopping: threading.Event) -> None:
        """Receive until told to stop; what is received then is claimed before this returns."""
        with self._claims:
            self._receive(stopping)

    def _receive(self, stopping: threading.Event) -> None:
        failures = 0
        while not stopping.is_set():
            room = self._jobs.wait_for_room()
            if room == 0 or stopping.is_set():
                return
            try:
                messages = self._queue.receive(room)
                failures = 0
            except Exception as error:
                failures += 1
                log.line("receive_failed", error=f"{type(error).__name__}: {error}", failures=failures)
                stopping.wait(min(30.0, pause(failures)))
                continue
            if stopping.is_set():
                # They came to a poll that could not be ended: somebody else shall have them at once.
                with contextlib.suppress(Exception):  # then the leases run out
                    self._queue.give_back([(message["ReceiptHandle"], 0.0) for message in reversed(messages)])
                return
            if messages:
                self._protection.busy()
                self._take(messages)

    def _take(self, messages: list[dict[str, Any]]) -> None:
        until = time.monotonic() + self._lease
        jobs: list[HeldJob] = []
        for message in messages:
            try:
                job = decode_job(message["Body"])
                if job.algorithm != self._algorithm:
                    raise BadMessageError(
                        f"The message is for {job.algorithm}, not {self._algorithm}.", message["Body"]
                    )
            except BadMessageError as error:
                self._refuse(message, error, until)
                continue
            jobs.append(held(message, job, until))
        if jobs:
            self._jobs.add(jobs)
            self._claims.submit(self._claim, jobs)

    def _claim(self, jobs: list[HeldJob]) -> None:
        """Set received jobs running, while the next are being received."""
        try:
            claims = self._table.claim(jobs)
        except Exception as error:
            for job in jobs:
                self._give_back.later(job, error)
            return
        running: list[HeldJob] = []
        for job, claim in zip(jobs, claims, strict=True):
            if job.stop is not None:  # given back with the one before it in its group
                continue
            if claim.error is not None:
                self._give_back.later(job, claim.error)
            elif claim.conflict:
                self._unclaimed(job)
            else:
                running.append(job)
        self._preparer.submit(running)

    def _unclaimed(self, job: HeldJob) -> None:
        """Go on with a job that could not be claimed: it has ended already, or its item has expired."""
        try:
            item = self._table.get(job.job_id)
            if item is None:  # the message tells all that is needed, and its client still waits
                self._preparer.submit([job])
            elif "t_published" not in item:
                self._committer.repeat(job, self._recorded(job, item), ended=True)
            else:
                self._queue.delete([job.receipt])
                self._jobs.remove(job)
        except Exception as error:
            self._give_back.later(job, error)

    def _recorded(self, job: HeldJob, item: Item) -> JobResult:
        if "result" in item:
            return decode_result(item["result"])
        error = Fault.model_validate_json(item["error"]) if "error" in item else None
        return result(job, Outcome(item["state"], error=error), self._distribution)

    def _refuse(self, message: dict[str, Any], error: BadMessageError, until: float) -> None:
        """End the job of a message that cannot be read, as far as anything is known about it."""
        job_id = readable_job_id(error.data)
        log.line("bad_message", job_id=job_id, message_id=message.get("MessageId"), reason=error.message)
        try:
            item = self._table.get(job_id) if job_id else None
            if item is None or "t_published" in item:
                self._queue.delete([message["ReceiptHandle"]])
                return
            try:
                known = decode_job(str(item.get("request", "")))
            except BadMessageError:
                # Too little is known to publish from here. The message goes on to the dead letters, whose consumer
                # publishes what the table says.
                fault = Fault(code=error.code, message=error.message, retryable=False)
                self._table.refuse(str(job_id), json.dumps(fault.model_dump()))
                count = int(message["Attributes"]["ApproximateReceiveCount"])
                self._queue.give_back([(message["ReceiptHandle"], pause(count))])
            else:
                job = held(message, known, until)
                self._jobs.add([job])
                self._table.claim([job])
                self._committer.finish(job, failed(error.code, error.message))
        except Exception as problem:  # then it comes again, and in the end to the dead letters
            log.line("refuse_failed", job_id=job_id, error=f"{type(problem).__name__}: {problem}")


def held(message: dict[str, Any], job: JobMessage, until: float) -> HeldJob:
    """Return a received message as a job that this worker holds."""
    attributes = message["Attributes"]
    return HeldJob(
        message=job,
        receipt=message["ReceiptHandle"],
        group=attributes["MessageGroupId"],
        receive_count=int(attributes["ApproximateReceiveCount"]),
        lease_until=until,
        hops={"accepted": job.accepted_at, "queued": int(attributes["SentTimestamp"]), "started": now_ms()},
    )


def readable_job_id(body: str) -> str | None:
    """Return the job_id of a message that is otherwise no job, where it has one."""
    try:
        job_id = json.loads(body)["job_id"]
    except (ValueError, TypeError, KeyError):
        return None
    return job_id if isinstance(job_id, str) and JOB_ID.fullmatch(job_id) else None
