"""From the queue into the worker's jobs: received and decoded, ten at a time. It costs a job no attempt."""

import contextlib
import threading
import time
from typing import Any

from runtime.contracts.messages import BadMessageError, decode_job
from runtime.worker import log
from runtime.worker.aws.requests_queue import RequestsQueue
from runtime.worker.aws.task_protection import TaskProtection
from runtime.worker.jobs.held_job import HeldJob
from runtime.worker.jobs.held_jobs import HeldJobs
from runtime.worker.steps.give_back import pause
from runtime.worker.steps.prepare import Preparer
from runtime.worker.steps.refuse import Refusal, held


class Receiver:
    """One thread runs `run`; `stopping` ends it after the poll under way."""

    def __init__(
        self,
        *,
        algorithm: str,
        lease_seconds: float,
        queue: RequestsQueue,
        jobs: HeldJobs,
        preparer: Preparer,
        refusal: Refusal,
        protection: TaskProtection,
    ) -> None:
        self._algorithm = algorithm
        self._lease = lease_seconds
        self._queue = queue
        self._jobs = jobs
        self._preparer = preparer
        self._refusal = refusal
        self._protection = protection

    def run(self, stopping: threading.Event) -> None:
        """Receive until told to stop."""
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
                self._refusal.end(message, error, until)
                continue
            jobs.append(held(message, job, until))
        if jobs:
            self._jobs.add(jobs)
            self._preparer.submit(jobs)
