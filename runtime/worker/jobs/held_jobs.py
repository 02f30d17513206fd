"""All jobs that this worker holds: which begins next, and how many more to receive."""

import threading
import time

from runtime.worker.jobs import room
from runtime.worker.jobs.held_job import HeldJob, Stage
from runtime.worker.jobs.job_list import JobList
from runtime.worker.jobs.prefetch import HOLD_SECONDS, Prefetch
from runtime.worker.jobs.room import Room
from runtime.worker.jobs.turns import Turns

TICK = 0.1  # seconds after which a waiting thread looks again if nothing wakes it


class HeldJobs(JobList):
    """The list of held jobs. All threads of the worker share it."""

    def __init__(self, prefetch: Prefetch) -> None:
        super().__init__()
        self._prefetch = prefetch
        self._turns = Turns()
        self._space = threading.Condition(self._lock)
        self._waiting = 0  # threads that wait for space
        self._closed = False
        self._has_emptied = False

    def remove(self, job: HeldJob) -> bool:
        """Remove a job and free what it holds; return False if it was gone already."""
        with self._lock:
            if job not in self._jobs:
                return False
            self._jobs.remove(job)
            self._has_emptied |= not self._jobs
            if any(each.group == job.group for each in self._jobs):
                self._ready.notify()
            self._tell_of_space()
        job.close()
        return True

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

    def has_emptied(self) -> bool:
        """Return whether the last job has been removed since this was asked before, and none has come."""
        with self._lock:
            has_emptied = self._has_emptied and not self._jobs
            self._has_emptied &= not has_emptied
            return has_emptied

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
