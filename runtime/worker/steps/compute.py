"""One job after another in the child: in time, stoppable, and with one clear end whatever the algorithm does."""

import signal
import threading
import time
from pathlib import Path

from algorithms.registry import Registered
from runtime.contracts.codes import EXHAUSTED
from runtime.worker import log
from runtime.worker.child import handle, isolation, preload
from runtime.worker.child.handle import ChildError, ChildProcess, Died
from runtime.worker.child.messages import Done, Failed, Progress, Task
from runtime.worker.jobs.held_job import HeldJob, Stage, Stop
from runtime.worker.jobs.held_jobs import HeldJobs
from runtime.worker.jobs.outcome import Outcome, cancelled, failed
from runtime.worker.jobs.prefetch import Prefetch
from runtime.worker.steps.begin import Beginner, Begun
from runtime.worker.steps.commit import Committer
from runtime.worker.steps.give_back import GiveBack


class Computer:
    """Computes in one child process. One thread runs `run`; any may interrupt."""

    def __init__(
        self,
        registered: Registered,
        *,
        jobs: HeldJobs,
        prefetch: Prefetch,
        committer: Committer,
        give_back: GiveBack,
        folder: Path,
        beginner: Beginner,
    ) -> None:
        self._algorithm = registered.algorithm
        self._address = preload.target(registered.algorithm.run)
        self._memory_bytes = isolation.budget(registered.algorithm.resources.memory_mib)
        self._jobs = jobs
        self._prefetch = prefetch
        self._committer = committer
        self._give_back = give_back
        self._folder = folder
        self._beginner = beginner
        self._lock = threading.Lock()
        self._current: HeldJob | None = None
        self._child: ChildProcess | None = None

    def start(self) -> None:
        """Start the child. Raises ChildError."""
        handle.prepare(self._address)
        self._usable_child()

    def run(self) -> None:
        """Compute until no more jobs are begun. Raises ChildError."""
        while (job := self._jobs.begin_next()) is not None:
            try:
                outcome = self._end(job)
            except ChildError as error:  # the next job would meet the same
                self._give_back.later(job, error)
                raise
            except Exception as error:
                self._give_back.later(job, error)
                continue
            if outcome is not None:
                self._committer.finish(job, outcome)
            elif job.stage is Stage.COMPUTING and self._jobs.remove(job):
                self._give_back.take_back_attempt(job)
                log.line("job_abandoned", job_id=job.job_id, reason=job.stop.value if job.stop else "lease")

    def interrupt(self, job: HeldJob, stop: Stop) -> None:
        """Stop working on a job; if it is being computed, its child is killed."""
        with self._lock:
            if job.stop in (None, Stop.CANCELLED):
                job.stop = stop
            if self._current is job and self._child is not None:
                self._child.kill()
        # A job that waits here ends at once: its turn may be as far away as a long job before it.
        self._committer.cancel_waiting(job)

    def close(self) -> None:
        """End the child and wait for its end."""
        if self._child is not None:
            self._child.close()

    def _usable_child(self) -> ChildProcess:
        """Return the child, a new one if the last cannot take a task. Raises ChildError."""
        if self._child is not None and not self._child.is_usable:
            self._child.close()
            self._child = None
        if self._child is None:
            self._child = ChildProcess(self._address, self._memory_bytes)
        return self._child

    def _end(self, job: HeldJob) -> Outcome | None:
        started = time.monotonic()
        outcome = None if job.stop is not None else self._compute(job)
        if job.stop is Stop.CANCELLED:
            return cancelled()
        if outcome is None or not job.is_ours():
            return None
        self._prefetch.measured(time.monotonic() - started)
        return outcome

    def _compute(self, job: HeldJob) -> Outcome | None:
        child = self._usable_child()  # first: a job whose child cannot be started is not begun
        match self._beginner.begin(job):
            case Begun.OVER:
                return None
            case Begun.EXHAUSTED:
                return failed("dead_lettered", EXHAUSTED)
            case Begun.YES:
                pass
        with self._lock:
            if job.stop is not None:
                return None
            self._current = job
        try:
            job.folder = self._folder / f"job-{job.job_id}-{job.receive_count}"
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
                case Failed(code, message):
                    job.mark("computed")
                    return failed(code, message)
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
