"""The beginning of a computation, which is what counts as an attempt: written in the job's item, then done."""

from enum import Enum, auto

from runtime.contracts import states
from runtime.contracts.messages import decode_result
from runtime.contracts.models import Fault, JobResult
from runtime.worker.aws.jobs_table import Item, JobsTable
from runtime.worker.aws.requests_queue import RequestsQueue
from runtime.worker.jobs.held_job import HeldJob
from runtime.worker.jobs.held_jobs import HeldJobs
from runtime.worker.jobs.outcome import Outcome, result
from runtime.worker.steps.commit import Committer


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
    ) -> None:
        self._distribution = distribution
        self._most = max_attempts
        self._table = table
        self._queue = queue
        self._jobs = jobs
        self._committer = committer

    def begin(self, job: HeldJob) -> Begun:
        """Count an attempt of a job that shall be computed now."""
        attempts = self._table.begin(job, self._most)
        if attempts is not None:
            job.attempts = attempts
            return Begun.YES
        item = self._table.get(job.job_id)
        if item is None:  # it has expired: the message tells all that is needed, and its client still waits
            job.attempts = job.receive_count
            return Begun.EXHAUSTED if job.attempts > self._most else Begun.YES
        job.attempts = int(item.get("attempts", 0))
        if item["state"] in states.OPEN_STATES:
            # The same attempt is there already if the answer to an earlier call was lost.
            return Begun.YES if item.get("attempt") == job.attempt else Begun.EXHAUSTED
        self._repeat(job, item)
        return Begun.OVER

    def end(self, job: HeldJob, outcome: Outcome) -> None:
        """Commit how a job ended that was not begun, unless it had ended already."""
        if self._table.claim(job).conflict and (item := self._table.get(job.job_id)) is not None:
            self._repeat(job, item)
        else:
            self._committer.finish(job, outcome)

    def _repeat(self, job: HeldJob, item: Item) -> None:
        """Publish the end of a job that somebody else ended, if nobody has, and let it go."""
        if "t_published" not in item:
            self._committer.repeat(job, self._recorded(job, item), ended=True)
        else:
            self._queue.delete([job.receipt])
            self._jobs.remove(job)

    def _recorded(self, job: HeldJob, item: Item) -> JobResult:
        if "result" in item:
            return decode_result(item["result"])
        error = Fault.model_validate_json(item["error"]) if "error" in item else None
        return result(job, Outcome(item["state"], error=error), self._distribution)
