"""One job after another in the child: in time, stoppable, and with one clear end whatever the algorithm does."""

import signal
import threading
import time
from pathlib import Path

from algorithms.registry import Registered
from runtime.worker import log
from runtime.worker.child import handle, isolation, preload
from runtime.worker.child.ahead import Ahead
from runtime.worker.child.handle import ChildError, Died
from runtime.worker.child.messages import Done, Failed, Progress
from runtime.worker.jobs.held_job import Held, Stop
from runtime.worker.jobs.held_jobs import Hand
from runtime.worker.jobs.outcome import Outcome, cancelled, failed
from runtime.worker.jobs.prefetch import Pace
from runtime.worker.steps.commit import Committer
from runtime.worker.steps.give_back import Release

SHORT = 0.05  # seconds; of jobs that usually take less
AHEAD = 4  # are with the child at a time


class Computer:
    """One thread runs `run`; any may interrupt."""

    def __init__(
        self, registered: Registered, hand: Hand, pace: Pace, committer: Committer, release: Release, folder: Path
    ) -> None:
        self._algorithm = registered.algorithm
        self._address = preload.target(registered.algorithm.run)
        self._hand = hand
        self._pace = pace
        self._committer = committer
        self._release = release
        self._ahead = Ahead(self._address, isolation.budget(registered.algorithm.resources.memory_mib), folder)
        self._lock = threading.Lock()
        self._current: Held | None = None

    def start(self) -> None:
        """Start the child. Raises ChildError."""
        handle.prepare(self._address)
        self._ahead.start()

    def run(self) -> None:
        """Compute until the hand is closed."""
        while self._take():
            held = self._ahead.first
            if not self._hand.begin(held):  # it was cancelled or given back meanwhile
                self._ahead.over()
                continue
            try:
                outcome = self._end(held)
            except ChildError as error:  # the next job would meet the same
                while len(self._ahead):
                    self._release.later(self._ahead.first, error)
                    self._ahead.over()
                raise
            except Exception as error:
                self._release.later(held, error)
                self._ahead.over()
                continue
            self._ahead.over()
            if outcome is not None:
                self._committer.finish(held, outcome)
            elif self._hand.remove(held):
                log.line("job_abandoned", job_id=held.job.job_id, reason=held.stop.value if held.stop else "lease")

    def interrupt(self, held: Held, stop: Stop) -> None:
        """Stop working on a job; the child is killed where it is computing it."""
        with self._lock:
            if held.stop in (None, Stop.CANCELLED):
                held.stop = stop
            if self._current is held:
                self._ahead.kill()
        # A job that waits here ends at once: its turn may be as far away as a long job before it.
        self._committer.cancel_waiting(held)

    def close(self) -> None:
        """End the child."""
        self._ahead.close()

    def _take(self) -> bool:
        """Take the next job and, where they are short, those after it; False once the hand is closed."""
        most = AHEAD if self._pace.seconds < SHORT else 1
        while len(self._ahead) < most:
            held = self._hand.next_ready(wait=not len(self._ahead))
            if held is None:
                break
            self._ahead.add(held)
        return len(self._ahead) > 0

    def _end(self, held: Held) -> Outcome | None:
        started = time.monotonic()
        outcome = None if held.stop is not None else self._compute(held)
        if held.stop is Stop.CANCELLED:
            return cancelled()
        if outcome is None or not held.is_ours():
            return None
        self._pace.measured(time.monotonic() - started)
        return outcome

    def _compute(self, held: Held) -> Outcome | None:
        try:
            self._ahead.send()
            with self._lock:
                if held.stop is not None:
                    return None
                self._current = held
            outcome = self._converse(held)
        except Died as died:
            outcome = _death(died)
        finally:
            with self._lock:
                self._current = None
        if outcome.error is not None and outcome.error.code == "out_of_memory":
            self._ahead.kill()  # what it has left of its memory is in pieces
        return outcome

    def _converse(self, held: Held) -> Outcome:
        timeout = self._algorithm.resources.timeout
        deadline = time.monotonic() + timeout
        while True:
            match self._ahead.receive(deadline - time.monotonic()):
                case Done() as done:
                    held.hops["computed"] = done.computed_at
                    status = "partial" if done.missing else "succeeded"
                    return Outcome(status, done.products, done.measurements, done.missing)
                case Failed(code, message):
                    held.mark("computed")
                    return failed(code, message)
                case Progress(fraction):
                    held.progress = fraction
                case None:
                    return failed("timed_out", f"The algorithm took longer than the {timeout:g} s that it declares.")
                case unexpected:
                    raise RuntimeError(f"the child said {unexpected!r}")


def _death(died: Died) -> Outcome:
    if died.status == -signal.SIGKILL:
        # Nobody here killed it: the kernel did, and it does so for memory.
        return failed("out_of_memory", "The algorithm needed more memory than there is.")
    return failed("algorithm_crashed", f"The algorithm's process {died}.")
