"""Renews the leases of all jobs that the worker holds, at half the visibility timeout."""

import threading
import time
from collections.abc import Callable, Sequence

from runtime.worker import log
from runtime.worker.aws.requests_queue import GONE, RequestsQueue, chunks
from runtime.worker.jobs.held_job import HeldJob, Stop
from runtime.worker.jobs.held_jobs import HeldJobs
from runtime.worker.jobs.prefetch import BATCH
from runtime.worker.steps.compute import Computer

LONGEST_SECONDS = 15.0  # from one look at the leases to the next


class Heartbeat:
    """One thread runs `run`."""

    def __init__(
        self,
        queue: RequestsQueue,
        jobs: HeldJobs,
        computer: Computer,
        lease_seconds: float,
        beat: Callable[[], None] = lambda: None,
    ) -> None:
        self._beat = beat
        self._queue = queue
        self._jobs = jobs
        self._computer = computer
        self._seconds = lease_seconds

    def run(self, stopped: threading.Event) -> None:
        """Renew until stopped."""
        while not stopped.wait(min(LONGEST_SECONDS, self._seconds / 4)):
            self._beat()
            # Each lease is renewed when half of it is over, whenever it began.
            due = time.monotonic() + self._seconds * 0.75
            self._renew([job for job in self._jobs.jobs() if job.lease_until < due])

    def _renew(self, jobs: list[HeldJob]) -> None:
        lost: list[HeldJob] = []
        for batch in chunks(jobs, BATCH):
            lost += self._renew_batch(batch)
        now = time.monotonic()
        lost += [job for job in jobs if job.lease_until <= now and job not in lost]
        for job in lost:
            # A message that was deleted meanwhile has no lease either: then the job is not in hand any more.
            if job in self._jobs.jobs():
                log.line("lease_lost", job_id=job.job_id, receive_count=job.receive_count)
                self._computer.interrupt(job, Stop.LOST)

    def _renew_batch(self, jobs: Sequence[HeldJob]) -> list[HeldJob]:
        """Renew leases, each only where SQS says so; return the jobs whose lease is gone."""
        until = time.monotonic() + self._seconds  # counted from before the call: SQS counts from within it
        try:
            refusals = self._queue.renew(jobs)
        except Exception as error:
            log.line("renew_failed", error=f"{type(error).__name__}: {error}", jobs=len(jobs))
            return []
        for job, refusal in zip(jobs, refusals, strict=True):
            if refusal is None:
                job.lease_until = until
            elif refusal not in GONE:  # it may pass: the next beat tries again, as long as the lease runs
                log.line("renew_refused", job_id=job.job_id, code=refusal)
        return [job for job, refusal in zip(jobs, refusals, strict=True) if refusal in GONE]
