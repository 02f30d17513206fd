"""Gives jobs back: at once if the worker stops, after a pause if something around a job failed."""

import random
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

from runtime.worker import log
from runtime.worker.aws.jobs_table import JobsTable
from runtime.worker.aws.requests_queue import RequestsQueue
from runtime.worker.jobs.held_job import WAITING, HeldJob, Stop
from runtime.worker.jobs.held_jobs import HeldJobs
from runtime.worker.steps.dependencies import Dependencies

FIRST_SECONDS = 1.0
LONGEST_SECONDS = 300.0
TAKE_BACK_SECONDS = 5.0  # for all jobs that are given back together
PARALLEL = 8  # attempts that are uncounted at the same time


def pause(receive_count: int) -> float:
    """Return the seconds before the next try: doubled with each receive, and random to spread tries."""
    ceiling = min(LONGEST_SECONDS, FIRST_SECONDS * 2 ** min(receive_count, 20))
    return ceiling * random.uniform(0.5, 1.0)  # noqa: S311 - no secret


class GiveBack:
    """Gives held jobs back to their queue. All threads share it."""

    def __init__(self, queue: RequestsQueue, jobs: HeldJobs, table: JobsTable, dependencies: Dependencies) -> None:
        self._queue = queue
        self._table = table
        self._jobs = jobs
        self._dependencies = dependencies

    def later(self, job: HeldJob, error: BaseException | str) -> None:
        """Give a job back after a pause, or at once if it is released already; it costs the job no attempt."""
        reason = error if isinstance(error, str) else f"{type(error).__name__}: {error}"
        seconds = 0.0 if job.stop is Stop.RELEASED else pause(job.receive_count)
        self._give_back([(job, seconds), *((each, 0.0) for each in self._jobs.followers(job))], reason)

    def now(self, jobs: Sequence[HeldJob], reason: str) -> None:
        """Give jobs back at once."""
        self._give_back([(job, 0.0) for job in jobs], reason)

    def others(self, job: HeldJob) -> None:
        """Give back at once the jobs behind one that must run alone, or that takes longer than expected."""
        self.waiting("another job holds them up", but=job)

    def waiting(self, reason: str, but: HeldJob | None = None) -> None:
        """Give back at once all jobs that have not begun."""
        self.now(self._jobs.release_waiting(but), reason)

    def abandon(self, job: HeldJob) -> None:
        """Let go of a job that this worker no longer has; it costs the job no attempt.

        If its lease is lost, its message comes again. The jobs behind it in its group go, too: none may overtake it.
        They are left to their leases, because a call of SQS could last until the leases of other jobs end.
        """
        # if it is given back, so are they
        behind = [] if job.stop in (Stop.ENDED, Stop.RELEASED) else self._jobs.followers(job)
        behind = [each for each in behind if each.stage in WAITING]
        for each in behind:  # before the first of the group is gone, so that none of them begins
            each.stop = Stop.LOST
        self._take_back([job, *behind])
        for each in (job, *behind):
            if self._jobs.remove(each):
                log.line("job_abandoned", job_id=each.job_id, reason=each.stop.value if each.stop else "lease")

    def _take_back(self, jobs: Sequence[HeldJob]) -> None:
        """Uncount the attempts of jobs that began here and are given up through no fault of their own, side by side.

        What fails for a while is tried again for some seconds: another worker may begin the jobs afterwards.
        """
        end = time.monotonic() + TAKE_BACK_SECONDS
        begun = [job for job in jobs if job.begun]
        if len(begun) < 2:  # as always, unless the worker stops
            for job in begun:
                self._take_back_one(job, end)
            return
        with ThreadPoolExecutor(PARALLEL, "take-back") as pool:
            for job in begun:
                pool.submit(self._take_back_one, job, end)

    def _take_back_one(self, job: HeldJob, end: float) -> None:
        def in_time() -> bool:
            return time.monotonic() < end

        try:
            if not in_time():
                raise TimeoutError("DynamoDB did not answer earlier calls in time")
            take_back = self._table.attempts.take_back
            if self._dependencies.call("DynamoDB", lambda: take_back(job), in_time) is not None:
                job.begun = False
        except Exception as error:  # then it counts
            log.line("take_back_failed", job_id=job.job_id, error=f"{type(error).__name__}: {error}")

    def _give_back(self, delays: list[tuple[HeldJob, float]], reason: str) -> None:
        # Two threads may want a job back, one of them after a pause: only the first sets what is left of its lease.
        mine = self._jobs.claim_return(job for job, _ in delays)
        delays = [(job, seconds) for job, seconds in delays if job in mine]
        if not delays:
            return
        # The last first: while an earlier message of the group is leased, SQS gives no later one to anybody.
        delays.reverse()
        for job, _ in delays:
            job.stop = job.stop or Stop.RELEASED
        self._take_back([job for job, _ in delays])  # before another worker can begin one of them
        try:
            self._queue.give_back([(job.receipt, seconds) for job, seconds in delays])
        except Exception as error:
            log.line("give_back_failed", error=str(error))  # then the leases run out
        for job, seconds in delays:
            if self._jobs.remove(job):
                log.line(
                    "job_given_back",
                    job_id=job.job_id,
                    client_id=job.message.client_id,
                    algorithm=job.message.algorithm,
                    receive_count=job.receive_count,
                    seconds=round(seconds, 1),
                    reason=reason,
                )
