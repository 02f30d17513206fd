"""Receives and decodes messages, ten at a time, and holds their jobs. It costs a job no attempt."""

import contextlib
import os
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
from runtime.worker.jobs.held_job import HeldJob, Receipt
from runtime.worker.jobs.held_jobs import HeldJobs
from runtime.worker.steps.dependencies import Dependencies
from runtime.worker.steps.ends.refuse import Refusal, held_job
from runtime.worker.steps.give_back import pause
from runtime.worker.steps.inputs.prepare import Preparer

LOOK_SECONDS = 1.0  # between two checks whether it may receive again
LEAST_DISK_BYTES = 128 << 20  # that must be free on the disk before another job is received


class Receiver:
    """The receiving threads' work. One for each queue runs `run`; `stopping` ends it after the poll under way."""

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
        sign_of_life: Callable[[], None],
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
        self._sign_of_life = sign_of_life

    def run(self, stopping: threading.Event, *, overflow: bool = False) -> None:
        """Receive from one of the queues until told to stop."""
        while not stopping.is_set():
            self._sign_of_life()
            most = self._dependencies.may_receive()
            if most == 0 or not self._has_disk():
                self._jobs.end_receive(None, overflow=overflow)
                stopping.wait(LOOK_SECONDS)
                continue
            room = self._jobs.wait_for_room(LOOK_SECONDS, overflow=overflow)
            if room.messages == 0 or stopping.is_set():
                continue
            self._receive(stopping, room.messages if most is None else 1, overflow=overflow, wait=room.wait)

    def _receive(self, stopping: threading.Event, most: int, *, overflow: bool, wait: bool) -> None:
        yields = self._jobs.begin_receive(overflow=overflow, wait=wait)
        messages: list[dict[str, Any]] | None = None
        try:
            messages = self._poll(most, overflow=overflow, wait=wait)
            if not messages:
                return
            # The poll could not be interrupted: if this worker stops, or has begun a job meanwhile, another worker is
            # to have its messages at once.
            if stopping.is_set() or (wait and self._queue.has_overflow and not self._jobs.has_room(overflow=overflow)):
                self._return([(Receipt(message["ReceiptHandle"], overflow), 0.0) for message in reversed(messages)])
            else:
                self._protection.busy()
                self._take(messages, overflow=overflow, yields=yields)
        finally:
            self._jobs.end_receive(None if messages is None else len(messages), overflow=overflow)

    def _poll(self, most: int, *, overflow: bool, wait: bool) -> list[dict[str, Any]] | None:
        """Return the messages that SQS gives; None if it could not be asked."""
        try:
            messages = self._queue.receive(most, overflow=overflow, wait=wait)
        except Exception as error:
            if self._dependencies.failed("SQS", error) is Trouble.OWN:
                raise
            return None
        self._dependencies.works("SQS")
        return messages

    def _has_disk(self) -> bool:
        if not os.access(self._folder, os.W_OK | os.X_OK):  # a job took the right away: no job can be done here
            raise PermissionError(f"the worker may not write into {self._folder}")
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

    def _take(self, messages: list[dict[str, Any]], *, overflow: bool, yields: bool) -> None:
        until = time.monotonic() + self._lease
        jobs: list[HeldJob] = []
        left: dict[str, list[tuple[Receipt, float]]] = {}
        for message in messages:
            self._sign_of_life()  # each may wait for DynamoDB
            receipt, group = Receipt(message["ReceiptHandle"], overflow), message["Attributes"]["MessageGroupId"]
            if group in left:  # it must not overtake the message that was left
                left[group].append((receipt, 0.0))
                continue
            try:
                job = decode_job(message["Body"])
                if job.algorithm != self._algorithm:
                    raise BadMessageError(
                        f"The message is for {job.algorithm}, not {self._algorithm}.", message["Body"]
                    )
            except NewerMessageError as error:
                log.line("newer_message", message_id=message.get("MessageId"), reason=str(error))
                left[group] = [(receipt, pause(int(message["Attributes"]["ApproximateReceiveCount"])))]
            except BadMessageError as error:
                self._refusal.end(message, receipt, error, until)
            else:
                jobs.append(held_job(message, receipt, job, until, yields=yields))
        if jobs:
            self._jobs.add(jobs)
            self._preparer.submit(jobs)
        self._return([each for group in left.values() for each in reversed(group)])

    def _return(self, delays: list[tuple[Receipt, float]]) -> None:
        """Give messages back unread, each after a pause: a worker of a later release reads what this one cannot."""
        with contextlib.suppress(Exception):  # otherwise their leases run out
            self._queue.give_back(delays)
