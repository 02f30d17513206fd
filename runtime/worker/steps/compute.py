"""Computes one job after another in the child: within its time, with one clear end whatever the algorithm does."""

import time

from runtime.contracts.codes import EXHAUSTED
from runtime.worker import log
from runtime.worker.aws.trouble import Trouble, trouble
from runtime.worker.child.handle import ChildError
from runtime.worker.jobs.held_job import WAITING, HeldJob, Stage, Stop
from runtime.worker.jobs.held_jobs import HeldJobs
from runtime.worker.jobs.outcome import Outcome, cancelled, failed
from runtime.worker.jobs.prefetch import Prefetch
from runtime.worker.steps.begin import BeginAnswer, Beginner
from runtime.worker.steps.dependencies import Dependencies
from runtime.worker.steps.ends.commit import Committer
from runtime.worker.steps.give_back import GiveBack
from runtime.worker.steps.run import NoRoomError, Runner

NOT_SURE = {"algorithm_crashed", "out_of_memory"}  # ends for which the job may not be to blame


class Computer:
    """The computing thread's work: one job at a time, in one child. One thread runs `run`; any may interrupt."""

    def __init__(
        self,
        *,
        runner: Runner,
        jobs: HeldJobs,
        prefetch: Prefetch,
        committer: Committer,
        give_back: GiveBack,
        beginner: Beginner,
        dependencies: Dependencies,
    ) -> None:
        self._runner = runner
        self._jobs = jobs
        self._prefetch = prefetch
        self._committer = committer
        self._give_back = give_back
        self._beginner = beginner
        self._dependencies = dependencies

    def run(self) -> None:
        """Compute jobs until no more may begin. Raises ChildError."""
        while (job := self._jobs.begin_next()) is not None:
            try:
                outcome = self._end(job)
            except ChildError as error:  # the next job would meet the same error
                self._give_back.later(job, error)
                raise
            except NoRoomError as error:
                self._dependencies.refused("the disk", str(error))
                job.begun = False  # this attempt counts: the job may be what fills the disk
                self._give_back.later(job, error)
                continue
            except Exception as error:
                if trouble(error) is Trouble.OWN:
                    job.begun = False
                self._give_back.later(job, error)
                continue
            if outcome is not None:
                self._committer.finish(job, outcome)
            elif job.stage is Stage.COMPUTING:
                self._give_back.abandon(job)

    def interrupt(self, job: HeldJob, stop: Stop) -> None:
        """Stop working on a job; if it is being computed, its child is killed."""
        self._runner.stop(job, stop)
        # A job that waits here ends at once: the jobs before it may take long.
        self._committer.cancel_waiting(job)
        # One that is not this worker's any more never begins here, and would take the room of others for ever.
        if job.stage in WAITING and job.stop is Stop.LOST:
            self._give_back.abandon(job)
        elif job.stage in WAITING and job.stop is Stop.ENDED:
            self._give_back.now([job], "another process has ended it")  # whoever gets the message now deletes it

    def close(self) -> None:
        """End the child and wait for its end."""
        self._runner.close()

    def _end(self, job: HeldJob) -> Outcome | None:
        started = time.monotonic()
        outcome = None if job.stop is not None or not job.is_ours() else self._compute(job)
        if job.stop is Stop.CANCELLED and job.stage is Stage.COMPUTING:
            return cancelled()
        if outcome is None or not job.is_ours():
            return None
        self._prefetch.measured(time.monotonic() - started)
        return outcome

    def _compute(self, job: HeldJob) -> Outcome | None:
        self._runner.make_ready()  # first: without a child, no attempt is counted
        if job.suspect:
            self._give_back.others(job)
        match self._beginner.begin(job):
            case BeginAnswer.OVER:
                return None
            case BeginAnswer.EXHAUSTED:
                return failed("dead_lettered", EXHAUSTED)
            case BeginAnswer.YES:
                pass
        outcome = self._runner.run(job)
        if outcome is not None and outcome.error is not None and outcome.error.code in NOT_SURE and job.stop is None:
            # Leftovers of other jobs in the child, or a full machine, may be to blame: try again, alone in a new child.
            job.suspect = True
            self._give_back.others(job)
            match self._beginner.begin_again(job):
                case BeginAnswer.OVER:
                    return None
                case BeginAnswer.EXHAUSTED:
                    return outcome
                case BeginAnswer.YES:
                    log.line("job_tried_alone", job_id=job.job_id, code=outcome.error.code)
                    self._runner.renew()
                    return self._runner.run(job)
        return outcome
