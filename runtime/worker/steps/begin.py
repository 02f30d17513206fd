"""Begins a job: the attempt is counted in the job's item before the computation begins."""

import uuid
from collections.abc import Sequence
from enum import Enum, auto

from runtime.contracts import states
from runtime.contracts.items import Item
from runtime.errors import TransientError
from runtime.worker.aws.jobs_table import JobsTable
from runtime.worker.aws.requests_queue import RequestsQueue
from runtime.worker.aws.trouble import Trouble, of_code
from runtime.worker.jobs.held_job import HeldJob
from runtime.worker.jobs.held_jobs import HeldJobs
from runtime.worker.jobs.outcome import Outcome
from runtime.worker.steps.dependencies import JOBS_TABLE, Dependencies
from runtime.worker.steps.ends.commit import Committer
from runtime.worker.steps.ends.recorded import RecordedEnds


class BeginAnswer(Enum):
    """What came of beginning a job."""

    YES = auto()
    EXHAUSTED = auto()  # it has had all its attempts
    OVER = auto()  # it had ended already; the rest is done, or under way


class Beginner:
    """Counts attempts. The computing thread uses it, and the threads that end a job before it is computed."""

    def __init__(
        self,
        *,
        max_attempts: int,
        table: JobsTable,
        recorded: RecordedEnds,
        queue: RequestsQueue,
        jobs: HeldJobs,
        committer: Committer,
        dependencies: Dependencies,
    ) -> None:
        self._most = max_attempts
        self._table = table
        self._recorded = recorded
        self._queue = queue
        self._jobs = jobs
        self._committer = committer
        self._dependencies = dependencies

    def begin(self, job: HeldJob) -> BeginAnswer:
        """Count an attempt of a job that is to be computed now."""
        return self._dependencies.call("DynamoDB", lambda: self._begin(job), job.is_ours)

    def begin_again(self, job: HeldJob) -> BeginAnswer:
        """Count another attempt of a job that began in this worker."""
        if job.attempts >= self._most:
            return BeginAnswer.EXHAUSTED
        job.attempt = uuid.uuid4().hex
        return self.begin(job)

    def end(self, job: HeldJob, outcome: Outcome) -> None:
        """Commit the outcome of a job that did not begin, unless it had ended already."""
        item = self._dependencies.call("DynamoDB", lambda: self._claim(job), job.is_ours)
        if item is not None:
            self._repeat(job, item)
        else:
            self._committer.finish(job, outcome)

    def _begin(self, job: HeldJob) -> BeginAnswer:
        job.begun = True  # before the call, because its answer may be lost
        attempts = self._table.attempts.begin(job, self._most)
        if attempts is not None:
            job.attempts, job.owned = attempts, True
            return BeginAnswer.YES
        item = self._table.get(job.job_id)
        if item is None:  # it has expired: the message holds all that is needed, and the client may still wait
            job.attempts = job.receive_count
            return BeginAnswer.EXHAUSTED if job.attempts > self._most else BeginAnswer.YES
        job.attempts = int(item.get("attempts", 0))
        if item["state"] in states.OPEN_STATES:
            # If the answer to an earlier call was lost, the item has this attempt already.
            job.owned = item.get("attempt") == job.attempt
            if not job.owned and job.attempts < self._most:
                raise TransientError("another worker gave up its attempt at this job a moment ago")
            return BeginAnswer.YES if job.owned else BeginAnswer.EXHAUSTED
        self._repeat(job, item)
        return BeginAnswer.OVER

    def _claim(self, job: HeldJob) -> Item | None:
        """Claim the job's end for this worker; return its item if it has ended already."""
        answer = self._table.claim(job)
        if answer.error is not None:
            if of_code(answer.error) is Trouble.LASTING:
                self._dependencies.refused(JOBS_TABLE, answer.error)
            kind = TransientError if of_code(answer.error) is Trouble.PASSING else RuntimeError
            raise kind(f"DynamoDB refused the job: {answer.error}")
        self._dependencies.works(JOBS_TABLE)
        job.owned = not answer.conflict
        return self._table.get(job.job_id) if answer.conflict else None

    def _repeat(self, job: HeldJob, item: Item) -> None:
        """Publish the result of a job that another process ended, unless it is published, and let the job go."""
        if "t_published" not in item:
            done, _ = self._recorded.read(job, item)
            self._committer.repeat(job, done, is_in_table=True)
        else:
            self.drop([job])

    def drop(self, jobs: Sequence[HeldJob]) -> None:
        """Let go of jobs that have ended and whose clients know it, with their messages."""
        self._queue.delete([job.receipt for job in jobs])
        for job in jobs:
            self._jobs.remove(job)
