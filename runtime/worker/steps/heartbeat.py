"""Renews the leases of all held jobs, each at half the visibility timeout."""

import math
import threading
import time
from collections.abc import Callable, Sequence

from runtime.worker import log
from runtime.worker.aws.requests_queue import GONE, RequestsQueue, chunks
from runtime.worker.jobs.held_job import HeldJob, Stop
from runtime.worker.jobs.held_jobs import HeldJobs
from runtime.worker.jobs.prefetch import BATCH
from runtime.worker.steps.compute import Computer

LEAST_SECONDS, LONGEST_SECONDS = 0.1, 15.0  # from one look at the leases to the next
LONGEST_MARGIN = 2.0  # seconds before the end of its lease at which a job is stopped


class Heartbeat:
    """Renews leases, and stops jobs whose lease ends. One thread runs `run`, another `give_up`."""

    def __init__(
        self,
        queue: RequestsQueue,
        jobs: HeldJobs,
        computer: Computer,
        lease_seconds: float,
        sign_of_life: Callable[[], None] = lambda: None,
    ) -> None:
        self._sign_of_life = sign_of_life
        self._queue = queue
        self._jobs = jobs
        self._computer = computer
        self._seconds = lease_seconds
        self._margin = min(LONGEST_MARGIN, lease_seconds / 10)

    def run(self, stopped: threading.Event) -> None:
        """Renew until stopped."""
        while not stopped.wait(min(LONGEST_SECONDS, self._seconds / 4)):
            self._sign_of_life()
            # Each lease is renewed when half of it is over, whenever it began.
            due = time.monotonic() + self._seconds * 0.75
            self._renew([job for job in self._ours() if job.lease_until < due])

    def give_up(self, stopped: threading.Event) -> None:
        """Stop jobs a moment before their leases end, until stopped: no two workers then work on one job.

        It makes no call to AWS, so that it is in time even if SQS does not answer.
        """
        while not stopped.wait(self._pause()):
            end = time.monotonic() + self._margin
            self._lose([job for job in self._ours() if job.lease_until <= end])

    def _pause(self) -> float:
        soonest = min((job.lease_until for job in self._ours()), default=math.inf)
        return max(LEAST_SECONDS, min(1.0, self._seconds / 4, soonest - self._margin - time.monotonic()))

    def _ours(self) -> list[HeldJob]:
        return [job for job in self._jobs.jobs() if job.is_here]

    def _renew(self, jobs: list[HeldJob]) -> None:
        for batch in chunks(jobs, BATCH):
            self._sign_of_life()  # an SQS that hangs is no worker that does
            self._lose(self._renew_batch(batch))
        end = time.monotonic() + self._margin
        self._lose([job for job in jobs if job.lease_until <= end])

    def _lose(self, jobs: Sequence[HeldJob]) -> None:
        for job in jobs:
            # A message that was deleted meanwhile has no lease either; its job is no longer held.
            if job in self._ours():
                log.line("lease_lost", job_id=job.job_id, receive_count=job.receive_count)
                self._computer.interrupt(job, Stop.LOST)

    def _renew_batch(self, jobs: Sequence[HeldJob]) -> list[HeldJob]:
        """Renew leases; a lease counts as renewed only if SQS confirms it. Return the jobs whose lease is gone."""
        until = time.monotonic() + self._seconds  # counted from before the call, because SQS counts from within it
        try:
            refusals = self._queue.renew(jobs)
        except Exception as error:
            log.line("renew_failed", error=f"{type(error).__name__}: {error}", jobs=len(jobs))
            return []
        for job, refusal in zip(jobs, refusals, strict=True):
            if refusal is None:
                job.lease_until = until
            elif refusal not in GONE:  # it may pass: the next round tries again while the lease runs
                log.line("renew_refused", job_id=job.job_id, code=refusal)
        return [job for job, refusal in zip(jobs, refusals, strict=True) if refusal in GONE]
