"""One job in the child: sent, listened to, stopped, and with one clear outcome whatever the algorithm does."""

import shutil
import signal
import threading
import time
from pathlib import Path

from algorithms.registry import Registered
from runtime.worker import log
from runtime.worker.child import handle, isolation, preload
from runtime.worker.child.handle import ChildProcess, Died
from runtime.worker.child.messages import Done, Failed, NoRoom, Progress, Task
from runtime.worker.jobs.held_job import HeldJob, Stop
from runtime.worker.jobs.outcome import Outcome, failed


class NoRoomError(Exception):
    """The machine had no room for what a job wrote."""


class Runner:
    """Has one child process, a new one if the last cannot take a task. One thread runs jobs; any may stop one."""

    def __init__(self, registered: Registered, folder: Path) -> None:
        self._algorithm = registered.algorithm
        self._address = preload.target(registered.algorithm.run)
        self._memory_bytes = isolation.budget(registered.algorithm.resources.memory_mib)
        self._folder = folder
        self._lock = threading.Lock()
        self._current: HeldJob | None = None
        self._child: ChildProcess | None = None

    def start(self) -> None:
        """Start the child. Raises ChildError."""
        handle.prepare(self._address)
        self.make_ready()

    def make_ready(self) -> ChildProcess:
        """Return the child, a new one if the last cannot take a task. Raises ChildError."""
        if self._child is not None and not self._child.is_usable:
            self._child.close()
            self._child = None
        if self._child is None:
            self._child = ChildProcess(self._address, self._memory_bytes)
        return self._child

    def renew(self) -> None:
        """Let the next job have a child of its own."""
        if self._child is not None:
            self._child.kill()

    def stop(self, job: HeldJob, stop: Stop) -> None:
        """Note why a job must stop; if it is being computed, its child is killed."""
        with self._lock:
            if job.is_here:
                job.stop = stop
            if self._current is job and self._child is not None:
                self._child.kill()

    def close(self) -> None:
        """End the child and wait for its end."""
        if self._child is not None:
            self._child.close()

    def run(self, job: HeldJob) -> Outcome | None:
        """Compute a job that was begun; None if it was stopped before. Raises ChildError, NoRoomError."""
        child = self.make_ready()
        with self._lock:
            if job.stop is not None:
                return None
            self._current = job
        if job.folder is not None:  # of an attempt that crashed
            shutil.rmtree(job.folder, ignore_errors=True)
        try:
            job.folder = self._folder / f"job-{job.job_id}-{job.attempt[:8]}"
            child.send(Task(job.paths, job.parameters, job.message.outputs, job.folder))
            outcome = self._converse(job, child)
        except Died as died:
            outcome = _death(died)
        finally:
            with self._lock:
                self._current = None
        if outcome.error is not None and outcome.error.code == "out_of_memory":
            child.kill()  # what it has left of its memory is in pieces
        return outcome

    def _converse(self, job: HeldJob, child: ChildProcess) -> Outcome:
        timeout = self._algorithm.resources.timeout
        deadline = time.monotonic() + timeout
        while True:
            match child.receive(deadline - time.monotonic()):
                case Done() as done:
                    job.hops["computed"] = done.computed_at
                    status = "partial" if done.missing else "succeeded"
                    return Outcome(status, done.products, done.measurements, done.missing)
                case Failed(code, message, trace):
                    job.mark("computed")
                    if trace:
                        log.line("algorithm_failed", job_id=job.job_id, trace=trace)
                    return failed(code, message)
                case NoRoom(message):
                    raise NoRoomError(message)
                case Progress(fraction):
                    job.progress = fraction
                case None:
                    child.kill()
                    return failed("timed_out", f"The algorithm took longer than the {timeout:g} s that it declares.")
                case unexpected:
                    child.kill()
                    raise RuntimeError(f"the child said {unexpected!r}")


def _death(died: Died) -> Outcome:
    if died.status == -signal.SIGKILL:
        # Nobody here killed it: the kernel did, and it does so for memory.
        return failed("out_of_memory", "The algorithm needed more memory than there is.")
    return failed("algorithm_crashed", f"The algorithm's process {died}.")
