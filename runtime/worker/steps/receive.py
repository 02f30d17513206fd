"""Receives and decodes messages, ten at a time, and holds their jobs. It costs a job no attempt."""

import contextlib
import shutil
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from runtime.contracts.messages import BadMessageError, NewerMessageError, decode_job
from runtime.worker import log
from runtime.worker.aws.requests_queue import RequestsQueue
from runtime.worker.aws.task_protection import TaskProtection
from runtime.worker.aws.trouble import Trouble
from runtime.worker.jobs.held_job import HeldJob
from runtime.worker.jobs.held_jobs import HeldJobs
from runtime.worker.steps.dependencies import Dependencies
from runtime.worker.steps.give_back import pause
from runtime.worker.steps.prepare import Preparer
from runtime.worker.steps.refuse import Refusal, held_job

LOOK_SECONDS = 1.0  # between two checks whether it may receive again
LEAST_DISK_BYTES = 128 << 20  # that must be free on the disk before another job is received


class Receiver:
    """The receiving thread's work. One thread runs `run`; `stopping` ends it after the poll under way."""

    def __init__(
        self,
        *,
        algorithm: str,
        lease_seconds: float,
        folder: Path,
        queue: RequestsQueue,
        jobs: HeldJobs,
        preparer: Preparer,
        refusal: Refusal,
        protection: TaskProtection,
        dependencies: Dependencies,
        make_room: Callable[[], None],
        beat: Callable[[], None],
    ) -> None:
        self._algorithm = algorithm
        self._lease = lease_seconds
        self._folder = folder
        self._queue = queue
        self._jobs = jobs
        self._preparer = preparer
        self._refusal = refusal
        self._protection = protection
        self._dependencies = dependencies
        self._make_room = make_room
        self._beat = beat

    def run(self, stopping: threading.Event) -> None:
        """Receive until told to stop."""
        while not stopping.is_set():
            self._beat()
            most = self._dependencies.may_receive()
            if most == 0 or not self._has_disk():
                stopping.wait(LOOK_SECONDS)
                continue
            room = self._jobs.wait_for_room(LOOK_SECONDS)
            if room == 0 or stopping.is_set():
                continue
            try:
                messages = self._queue.receive(room if most is None else 1)
            except Exception as error:
                if self._dependencies.failed("SQS", error) is Trouble.OWN:
                    raise
                continue
            self._dependencies.works("SQS")
            if stopping.is_set():
                # The poll could not be interrupted: another worker is to have its messages at once.
                with contextlib.suppress(Exception):  # otherwise their leases run out
                    self._queue.give_back([(message["ReceiptHandle"], 0.0) for message in reversed(messages)])
                return
            if messages:
                self._protection.busy()
                self._take(messages)

    def _has_disk(self) -> bool:
        free = shutil.disk_usage(self._folder).free
        if free < LEAST_DISK_BYTES:
            self._make_room()
            free = shutil.disk_usage(self._folder).free
        if free >= LEAST_DISK_BYTES:
            self._dependencies.works("the disk")
            return True
        if not self._jobs:  # otherwise the held jobs may use the disk, and they end
            self._dependencies.refused("the disk", f"{free >> 20} MiB are free")
        return False

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
            except NewerMessageError as error:
                self._leave(message, error)
            except BadMessageError as error:
                self._refusal.end(message, error, until)
            else:
                jobs.append(held_job(message, job, until))
        if jobs:
            self._jobs.add(jobs)
            self._preparer.submit(jobs)

    def _leave(self, message: dict[str, Any], error: NewerMessageError) -> None:
        """Give a message back unread, for a worker of a later release."""
        log.line("newer_message", message_id=message.get("MessageId"), reason=str(error))
        seconds = pause(int(message["Attributes"]["ApproximateReceiveCount"]))
        with contextlib.suppress(Exception):  # otherwise its lease runs out
            self._queue.give_back([(message["ReceiptHandle"], seconds)])
