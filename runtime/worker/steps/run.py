"""One job in the child: sent, listened to, stopped, and with one clear outcome whatever the algorithm does."""

import threading
import time
from pathlib import Path

from runtime.contracts.codes import CODES
from runtime.worker import log
from runtime.worker.aws.trouble import MACHINE
from runtime.worker.child.fork import forking
from runtime.worker.child.fork.preparation import Preparation
from runtime.worker.child.handle import MESSAGE_SECONDS, ChildError, ChildProcess, Died
from runtime.worker.child.messages import Bound, Computation, Declaration, Done, Failed, NoRoom, Progress
from runtime.worker.child.output import Output
from runtime.worker.child.overdue import kill_after
from runtime.worker.jobs import folders, shared_memory
from runtime.worker.jobs.held_job import HeldJob, Stop, now_ms
from runtime.worker.jobs.outcome import Outcome, death, failed
from runtime.worker.jobs.product import fault

BEGIN_SECONDS = 30.0  # in which a child says that it has begun; one that a job before has stopped never does
# Ends after which the process takes no other job: what is left of its memory is in pieces, or the algorithm stopped in
# the middle of what it would have set back.
BROKEN_OFF = frozenset({"out_of_memory", "algorithm_failed"})
SILENT = f"The algorithm's process did not begin within {BEGIN_SECONDS:g} s."


class NoRoomError(Exception):
    """The machine had no room for what a job wrote."""


class Runner:
    """One child process, replaced if it cannot take a computation. One thread runs jobs; any may stop one."""

    def __init__(self, algorithm: str, folder: Path) -> None:
        self._algorithm = algorithm
        self._folder = folder
        self._output = Output(folder)
        self._lock = threading.Lock()
        self._current: HeldJob | None = None
        self._child: ChildProcess | None = None
        self._preparation = Preparation()

    def start(self) -> Declaration:
        """Start the child and return what the algorithm declares. Raises ChildError."""
        forking.prepare(self._algorithm)
        self._declaration = self.make_ready().declaration
        return self._declaration

    def make_ready(self) -> ChildProcess:
        """Return the child, a new one if the last cannot take a computation. Raises ChildError."""
        if self._child is not None and not self._child.is_usable:
            self._child.close()
            self._child = None
        if self._child is None:
            self._child = ChildProcess(self._algorithm)
            self._note(self._child.preparation)
        return self._child

    def _note(self, preparation: Preparation) -> None:
        """Log a preparation that was not logged yet: children forked from one process have it in common."""
        if preparation != self._preparation:
            self._preparation = preparation
            mib = preparation.allocated_bytes >> 20
            log.line("algorithm_prepared", algorithm=self._algorithm, seconds=round(preparation.seconds, 3), mib=mib)

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
        if job.folder is not None:
            folders.remove(job.folder)  # of an attempt that crashed
        timeout = self._declaration.resources.timeout
        deadline, shared = time.monotonic() + timeout, shared_memory.found()
        try:
            job.folder = self._folder / f"job-{job.job_id}-{job.attempt[:8]}"
            try:
                job.folder.mkdir(mode=0o700)
            except OSError as error:
                if error.errno in MACHINE:
                    raise
                # an earlier job took the worker's own folder away, or the right to write into it
                raise ChildError(f"there is no folder for jobs: {error.strerror}") from error
            self._output.attribute(job.job_id)
            message = job.message
            asked = (message.parameters, message.outputs, job.folder, job.inputs, message.pacs.volume)
            # it may say one thing so slowly that this thread does not look at the clock
            with kill_after(timeout + MESSAGE_SECONDS, child.kill):
                child.send(Computation(job.paths, *asked))
                outcome = self._converse(job, job.folder, child, deadline)
        except Died as died:
            outcome = self._late() if time.monotonic() > deadline else death(died.status, str(died))
        finally:
            with self._lock:
                self._current = None
            child.end_others()
            shared_memory.remove(but=shared)
            self._output.attribute(None)
        if outcome.error is not None and outcome.error.code in BROKEN_OFF:
            child.kill()
        return outcome

    def _converse(self, job: HeldJob, folder: Path, child: ChildProcess, deadline: float) -> Outcome:
        until = min(deadline, time.monotonic() + BEGIN_SECONDS)
        while True:
            left = until - time.monotonic()
            match child.receive(left) if left > 0 else None:  # however much it has to say
                case Bound(parameters):
                    job.parameters, until = dict(parameters), deadline
                case Done() as done:
                    if (wrong := fault(done.products, folder)) is not None:
                        return failed("invalid_result", wrong)
                    job.hops["computed"] = min(max(job.hops["started"], done.computed_at), now_ms())
                    status = "partial" if done.missing else "succeeded"
                    more = (done.display, done.ports, done.used, done.source)
                    return Outcome(status, done.products, done.measurements, done.missing, None, *more)
                case Failed(code, message, trace):
                    job.mark("computed")
                    if trace:
                        log.line("algorithm_failed", job_id=job.job_id, trace=trace)
                    return failed(code if code in CODES else "algorithm_failed", message)
                case NoRoom(message):
                    raise NoRoomError(message)
                case Progress(fraction):
                    job.progress = fraction
                case None:
                    child.kill()
                    return self._late() if until == deadline else failed("algorithm_crashed", SILENT)
                case unexpected:
                    child.kill()
                    raise RuntimeError(f"the child said {unexpected!r}")

    def _late(self) -> Outcome:
        seconds = self._declaration.resources.timeout
        return failed("timed_out", f"The algorithm took longer than the {seconds:g} s that it declares.")
