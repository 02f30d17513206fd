"""A list of jobs in the order in which they were received, with their stages."""

import threading
from collections.abc import Iterable

from runtime.worker.jobs.held_job import WAITING, HeldJob, Stage, Stop


class JobList:
    """A list that threads share. Whoever waits for a job to become ready, or the first of its group, is woken."""

    def __init__(self) -> None:
        self._jobs: list[HeldJob] = []
        self._lock = threading.Lock()
        # A thread is woken only for what it waits for: a needless wake-up costs as much as a short job.
        self._ready = threading.Condition(self._lock)

    def __len__(self) -> int:
        return len(self._jobs)

    def jobs(self) -> list[HeldJob]:
        """Return the jobs that are held now."""
        with self._lock:
            return list(self._jobs)

    def add(self, jobs: Iterable[HeldJob]) -> None:
        """Add jobs, in their order."""
        with self._lock:
            self._jobs.extend(jobs)

    def advance(self, job: HeldJob, stage: Stage) -> bool:
        """Move a job to `stage`; return False if it is no longer held."""
        with self._lock:
            if job not in self._jobs:
                return False
            job.stage = stage
            if stage is Stage.READY:
                self._ready.notify()
            return True

    def withdraw(self, job: HeldJob) -> bool:
        """Move a ready job to committing before its turn; return False if it is not ready, or no longer held."""
        with self._lock:
            if job not in self._jobs or job.stage is not Stage.READY:
                return False
            job.stage = Stage.COMMITTING
            return True

    def release_waiting(self, but: HeldJob | None = None) -> list[HeldJob]:
        """Release the jobs that have not begun, so that none of them begins, and return them."""
        with self._lock:
            waiting = [job for job in self._jobs if job is not but and job.stage in WAITING]
            for job in waiting:
                job.stop = Stop.RELEASED
            return waiting

    def claim_return(self, jobs: Iterable[HeldJob]) -> list[HeldJob]:
        """Return those of `jobs` that the caller is to give back: they are held, and no other thread returns them."""
        with self._lock:
            claimed = [job for job in jobs if job in self._jobs and not job.returning]
            for job in claimed:
                job.returning = True
            return claimed

    def followers(self, job: HeldJob) -> list[HeldJob]:
        """Return the jobs of the same group that came after this one; they must not overtake it."""
        with self._lock:
            if job not in self._jobs:
                return []
            return [each for each in self._jobs[self._jobs.index(job) + 1 :] if each.group == job.group]
