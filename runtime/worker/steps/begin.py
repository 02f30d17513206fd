"""The beginning of a computation, which is what counts as an attempt: written in the job's item, then done."""

import uuid
from enum import Enum, auto

from runtime.contracts import states
from runtime.errors import TransientError
from runtime.worker.aws.items import Item
from runtime.worker.aws.jobs_table import JobsTable
from runtime.worker.aws.requests_queue import RequestsQueue
from runtime.worker.aws.trouble import Trouble, of_code
from runtime.worker.jobs.held_job import HeldJob
from runtime.worker.jobs.held_jobs import HeldJobs
from runtime.worker.jobs.outcome import Outcome
from runtime.worker.steps.commit import Committer
from runtime.worker.steps.dependencies import Dependencies
from runtime.worker.steps.recorded import recorded


class Begun(Enum):
    """What came of beginning a job."""

    YES = auto()
    EXHAUSTED = auto()  # it was begun as often as it may be
    OVER = auto()  # it had ended already: what was left to do is done, or under way


class Beginner:
    """Used by the thread that computes, and by those that find out before that a job must end."""

    def __init__(
        self,
        *,
        distribution: str,
        max_attempts: int,
        table: JobsTable,
        queue: RequestsQueue,
        jobs: HeldJobs,
        committer: Committer,
        dependencies: Dependencies,
    ) -> None:
        self._distribution = distribution
        self._most = max_attempts
        self._table = table
        self._queue = queue
        self._jobs = jobs
        self._committer = committer
        self._dependencies = dependencies

    def begin(self, job: HeldJob) -> Begun:
        """Count an attempt of a job that shall be computed now."""
        return self._dependencies.call("DynamoDB", lambda: self._begin(job), job.is_ours)

    def begin_again(self, job: HeldJob) -> Begun:
        """Count one more attempt of a job that was begun here."""
        if job.attempts >= self._most:
            return Begun.EXHAUSTED
        job.attempt = uuid.uuid4().hex
        return self.begin(job)

    def end(self, job: HeldJob, outcome: Outcome) -> None:
        """Commit how a job ended that was not begun, unless it had ended already."""
        item = self._dependencies.call("DynamoDB", lambda: self._claim(job), job.is_ours)
        if item is not None:
            self._repeat(job, item)
        else:
            self._committer.finish(job, outcome)

    def _begin(self, job: HeldJob) -> Begun:
        job.begun = True  # as far as is known: an answer may be lost
        attempts = self._table.attempts.begin(job, self._most)
        if attempts is not None:
            job.attempts, job.owned = attempts, True
            return Begun.YES
        item = self._table.get(job.job_id)
        if item is None:  # it has expired: the message tells all that is needed, and its client still waits
            job.attempts = job.receive_count
            return Begun.EXHAUSTED if job.attempts > self._most else Begun.YES
        job.attempts = int(item.get("attempts", 0))
        if item["state"] in states.OPEN_STATES:
            # The same attempt is there already if the answer to an earlier call was lost.
            job.owned = item.get("attempt") == job.attempt
            return Begun.YES if job.owned else Begun.EXHAUSTED
        self._repeat(job, item)
        return Begun.OVER

    def _claim(self, job: HeldJob) -> Item | None:
        """Make the job's end this worker's; return its item if it has ended already."""
        written = self._table.claim(job)
        if written.error is not None:
            if of_code(written.error) is Trouble.LASTING:
                self._dependencies.refused("the jobs table", written.error)
            kind = TransientError if of_code(written.error) is Trouble.PASSING else RuntimeError
            raise kind(f"DynamoDB refused the job: {written.error}")
        job.owned = not written.conflict
        return self._table.get(job.job_id) if written.conflict else None

    def _repeat(self, job: HeldJob, item: Item) -> None:
        """Publish the end of a job that somebody else ended, if nobody has, and let it go."""
        if "t_published" not in item:
            ended, _ = recorded(job, item, self._distribution)
            self._committer.repeat(job, ended, ended=True)
        else:
            self._queue.delete([job.receipt])
            self._jobs.remove(job)
