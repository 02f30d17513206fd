"""One job after another in the child: in time, stoppable, and with one clear end whatever the algorithm does."""

import signal
import threading
import time
from pathlib import Path

from algorithms.registry import Registered
from runtime.worker import isolation, log, preload, process
from runtime.worker.commit import Committer
from runtime.worker.hand import Hand
from runtime.worker.held import Held, Stop
from runtime.worker.outcome import Outcome, cancelled, failed
from runtime.worker.pace import Pace
from runtime.worker.process import ChildError, ChildProcess, Died
from runtime.worker.release import Release
from runtime.worker.task import Done, Failed, Progress, Task


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
        self._folder = folder
        self._lock = threading.Lock()
        self._current: Held | None = None
        self._child: ChildProcess | None = None

    def start(self) -> None:
        """Start the child. Raises ChildError."""
        process.prepare(self._address)
        self._fresh()

    def run(self) -> None:
        """Compute until the hand is closed."""
        while (held := self._hand.next_ready()) is not None:
            try:
                outcome = self._end(held)
            except Exception as error:
                self._release.later(held, error)
                if isinstance(error, ChildError):  # the next job would meet the same
                    raise
                continue
            if outcome is not None:
                self._committer.finish(held, outcome)
            elif self._hand.remove(held):
                log.line("job_abandoned", job_id=held.job.job_id, reason=held.stop.value if held.stop else "lease")

    def interrupt(self, held: Held, stop: Stop) -> None:
        """Stop working on a job; the child is killed where it is computing it."""
        with self._lock:
            if held.stop in (None, Stop.CANCELLED):
                held.stop = stop
            if self._current is held and self._child is not None:
                self._child.kill()
        # A job that waits here ends at once: its turn may be as far away as a long job before it.
        self._committer.cancel_waiting(held)

    def close(self) -> None:
        """End the child."""
        if self._child is not None:
            self._child.close()

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
        child = self._fresh()
        held.folder = self._folder / f"job-{held.job.job_id}-{held.receive_count}"  # made once there is a file for it
        with self._lock:
            if held.stop is not None:
                return None
            self._current = held
        try:
            outcome = self._converse(held, child)
        except Died as died:
            outcome = _death(died)
            child.kill()
        finally:
            with self._lock:
                self._current = None
        if outcome.error is not None and outcome.error.code == "out_of_memory":
            child.kill()  # what it has left of its memory is in pieces
        return outcome

    def _converse(self, held: Held, child: ChildProcess) -> Outcome:
        assert held.folder is not None  # noqa: S101 - made a line above the call
        timeout = self._algorithm.resources.timeout
        deadline = time.monotonic() + timeout
        child.send(Task(held.paths, held.parameters, held.job.outputs, held.folder))
        while True:
            match child.receive(deadline - time.monotonic()):
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
                    child.kill()
                    return failed("timed_out", f"The algorithm took longer than the {timeout:g} s that it declares.")
                case unexpected:
                    raise RuntimeError(f"the child said {unexpected!r}")

    def _fresh(self) -> ChildProcess:
        """Return a child that can take a task, a new one where it must."""
        if self._child is not None and not self._child.is_usable:
            self._child.close()
            self._child = None
        if self._child is None:
            memory = isolation.budget(self._algorithm.resources.memory_mib)
            self._child = ChildProcess(self._address, memory)
        return self._child


def _death(died: Died) -> Outcome:
    if died.status == -signal.SIGKILL:
        # Nobody here killed it: the kernel did, and it does so for memory.
        return failed("out_of_memory", "The algorithm needed more memory than there is.")
    return failed("algorithm_crashed", f"The algorithm's process {died}.")
