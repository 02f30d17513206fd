"""All jobs that this worker holds, in the order in which they were received."""

import threading
import time
from collections.abc import Iterable

from runtime.worker.jobs.held_job import WAITING, HeldJob, Stage, Stop
from runtime.worker.jobs.prefetch import BATCH, Prefetch

TICK = 0.1  # seconds after which a waiting thread looks again if nothing wakes it


class HeldJobs:
    """The list of held jobs. All threads of the worker share it."""

    def __init__(self, prefetch: Prefetch) -> None:
        self._prefetch = prefetch
        self._jobs: list[HeldJob] = []
        self._lock = threading.Lock()
        # A thread is woken only for what it waits for: a needless wake-up costs as much as a short job.
        self._ready = threading.Condition(self._lock)
        self._space = threading.Condition(self._lock)
        self._waiting = 0  # threads that wait for space
        self._closed = False

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

    def remove(self, job: HeldJob) -> bool:
        """Remove a job and free what it holds; return False if it was gone already."""
        with self._lock:
            if job not in self._jobs:
                return False
            self._jobs.remove(job)
            if any(each.group == job.group for each in self._jobs):
                self._ready.notify()
            self._tell_of_space()
        job.close()
        return True

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

    def followers(self, job: HeldJob) -> list[HeldJob]:
        """Return the jobs of the same group that came after this one; they must not overtake it."""
        with self._lock:
            if job not in self._jobs:
                return []
            return [each for each in self._jobs[self._jobs.index(job) + 1 :] if each.group == job.group]

    def begin_next(self) -> HeldJob | None:
        """Wait for a job whose input is here and that is first of its group, and begin it; None once closed."""
        with self._ready:
            while not self._closed:
                if (job := self._first_ready()) is not None:
                    job.stage = Stage.COMPUTING
                    job.computing_since = time.monotonic()
                    self._tell_of_space()
                    return job
                self._ready.wait()
            return None

    def _first_ready(self) -> HeldJob | None:
        groups: set[str] = set()
        for job in self._jobs:
            if job.stage is Stage.READY and job.group not in groups and job.is_here:
                return job
            groups.add(job.group)
        return None

    def wait_for_room(self, seconds: float) -> int:
        """Wait until more jobs should be received, and return how many; 0 once closed, or after `seconds`."""
        end = time.monotonic() + seconds
        with self._space:
            while not self._closed and time.monotonic() < end:
                if room := self._room():
                    return room
                self._waiting += 1
                self._space.wait(TICK)
                self._waiting -= 1
            return 0

    def wait_until_empty(self, seconds: float) -> bool:
        """Wait until no job is held; return False if one still is after `seconds`."""
        with self._space:
            return self._space.wait_for(lambda: not self._jobs, max(0.0, seconds))

    def close(self) -> None:
        """Let no more jobs begin, and receive no more."""
        with self._lock:
            self._closed = True
            self._ready.notify_all()
            self._space.notify_all()

    def holds_up(self) -> HeldJob | None:
        """Return the running job if the others should run elsewhere: it takes too long, or must run alone."""
        with self._lock:
            job, elapsed = self._running()
            return job if job is not None and (job.suspect or self._prefetch.overruns(elapsed)) else None

    def _running(self) -> tuple[HeldJob | None, float | None]:
        """Return the job that is being computed, and for how many seconds."""
        for job in self._jobs:
            if job.stage is Stage.COMPUTING and job.computing_since is not None:
                return job, time.monotonic() - job.computing_since
        return None, None

    def _room(self) -> int:
        if any(job.suspect for job in self._jobs):
            return 0
        waiting = sum(job.stage in WAITING for job in self._jobs)
        running = sum(job.stage is Stage.COMPUTING for job in self._jobs)
        # Jobs that are computed but not yet stored wait for the network: they must not pile up either.
        piled = len(self._jobs) - waiting - running > 3 * BATCH
        return 0 if piled else self._prefetch.room(waiting, self._running()[1])

    def _tell_of_space(self) -> None:
        if not self._jobs or (self._waiting and self._room()):
            self._space.notify_all()
