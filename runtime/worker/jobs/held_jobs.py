"""All jobs that this worker holds, in the order in which they were received."""

import threading
import time
from collections.abc import Iterable

from runtime.worker.jobs import room
from runtime.worker.jobs.held_job import WAITING, HeldJob, Stage, Stop
from runtime.worker.jobs.prefetch import HOLD_SECONDS, Prefetch
from runtime.worker.jobs.room import Room
from runtime.worker.jobs.turns import Turns

TICK = 0.1  # seconds after which a waiting thread looks again if nothing wakes it


class HeldJobs:
    """The list of held jobs. All threads of the worker share it."""

    def __init__(self, prefetch: Prefetch) -> None:
        self._prefetch = prefetch
        self._turns = Turns()
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

    def begin_next(self) -> HeldJob | None:
        """Wait for a job whose input is here and that is first of its group, and begin it; None once closed."""
        with self._ready:
            while not self._closed:
                choice = room.choose(self._jobs, self._prefetch, self._turns)
                if choice.job is not None:
                    choice.job.stage = Stage.COMPUTING
                    choice.job.computing_since = time.monotonic()
                    self._tell_of_space()
                    return choice.job
                if choice.look:
                    self._turns.ask()
                    self._space.notify_all()
                self._ready.wait(TICK if choice.look or choice.coming else None)
            return None

    def wait_for_room(self, seconds: float, *, overflow: bool = False) -> Room:
        """Wait until more jobs should be received from a queue, and return how many; 0 once closed, or after `seconds`.

        A receive that follows is between `begin_receive` and `end_receive`.
        """
        end = time.monotonic() + seconds
        with self._space:
            while not self._closed and time.monotonic() < end:
                if (space := self._room(overflow=overflow)).messages:
                    return space
                self._waiting += 1
                self._space.wait(TICK)
                self._waiting -= 1
            return room.NONE

    def begin_receive(self, *, overflow: bool, wait: bool) -> bool:
        """Note that a receive begins; return whether its jobs yield."""
        with self._lock:
            if wait and not overflow:
                self._turns.begin_poll()
                self._ready.notify()
            return overflow and not self._turns.is_overdue

    def has_room(self, *, overflow: bool) -> bool:
        """Return whether there is room, the queues' turns aside: it may have gone while a receive waited."""
        with self._lock:
            return room.plain(self._jobs, self._prefetch, overflow=overflow) > 0

    def end_receive(self, messages: int | None, *, overflow: bool) -> None:
        """Note what a receive gave, once its jobs are added; None if SQS could not be asked."""
        with self._lock:
            if overflow:
                self._turns.overflow_received()
            else:
                self._turns.looked(messages)
                self._ready.notify()

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
        """Return the running job if the others should run elsewhere: it takes too long, must run alone, or overtook."""
        with self._lock:
            return room.held_up(self._jobs, self._prefetch, HOLD_SECONDS)

    def _room(self, *, overflow: bool) -> Room:
        if overflow:
            return room.of_overflow(self._jobs, self._prefetch, self._turns)
        return room.of_requests(self._jobs, self._prefetch, self._turns)

    def _tell_of_space(self) -> None:
        if not self._jobs or (self._waiting and any(self._room(overflow=each).messages for each in (False, True))):
            self._space.notify_all()
