"""Looks after jobs once a second: writes progress, stops cancelled jobs, gives back those that wait too long.

Once all have ended, it gives the kernel the memory that they took.
"""

import threading
import time
from collections.abc import Callable

from runtime import linux
from runtime.contracts import states
from runtime.worker import log
from runtime.worker.aws.jobs_table import JobsTable
from runtime.worker.jobs.held_job import HeldJob, Stage, Stop
from runtime.worker.jobs.held_jobs import HeldJobs
from runtime.worker.steps.compute import Computer
from runtime.worker.steps.give_back import GiveBack

SECONDS = 1.0


class Watch:
    """The watching thread's work. One thread runs `run`."""

    def __init__(
        self,
        table: JobsTable,
        jobs: HeldJobs,
        computer: Computer,
        give_back: GiveBack,
        sign_of_life: Callable[[], None],
    ) -> None:
        self._sign_of_life = sign_of_life
        self._table = table
        self._give_back = give_back
        self._jobs = jobs
        self._computer = computer
        self._progress: tuple[str, float] | None = None

    def run(self, stopped: threading.Event) -> None:
        """Watch until stopped."""
        while not stopped.wait(SECONDS):
            self._sign_of_life()
            if self._jobs.has_emptied():
                linux.give_memory_back()
            if (job := self._jobs.holds_up()) is not None:
                self._give_back.others(job)
            jobs = [job for job in self._jobs.jobs() if job.stage is not Stage.COMMITTING and job.stop is None]
            # A job that has just come may be done before the next look.
            jobs = [job for job in jobs if job.received_at < time.monotonic() - SECONDS / 2]
            if not jobs:
                continue
            for act in (self._look, self._tell_progress):  # one may fail without the other
                try:
                    act(jobs)
                except Exception as error:
                    log.line("watch_failed", error=f"{type(error).__name__}: {error}")

    def _tell_progress(self, jobs: list[HeldJob]) -> None:
        for job in jobs:
            if job.progress is not None and self._progress != (job.job_id, job.progress):
                progress = (job.job_id, job.progress)
                self._table.progress([progress])
                self._progress = progress

    def _look(self, jobs: list[HeldJob]) -> None:
        marks = self._table.marks([job.job_id for job in jobs])
        for job in jobs:
            if job.stage is Stage.COMMITTING:  # since the lookup: this worker has ended it
                continue
            mark = marks.get(job.job_id, {})
            if mark.get("state") in states.END_STATES:
                self._computer.interrupt(job, Stop.ENDED)
            elif mark.get("cancel_requested"):
                self._computer.interrupt(job, Stop.CANCELLED)
