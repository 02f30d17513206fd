"""Commits the end of a job, in the order that survives a crash at any point: files, manifest, table, SNS, message."""

from concurrent.futures import ThreadPoolExecutor

from runtime.contracts import keys
from runtime.contracts.messages import encode_result
from runtime.contracts.models import JobResult
from runtime.worker.aws.output_bucket import OutputBucket
from runtime.worker.aws.trouble import Trouble, trouble
from runtime.worker.jobs.held_job import HeldJob, Stage, Stop
from runtime.worker.jobs.held_jobs import HeldJobs
from runtime.worker.jobs.outcome import Outcome, cancelled, result
from runtime.worker.steps.dependencies import Dependencies
from runtime.worker.steps.ends.announce import Announcer
from runtime.worker.steps.ends.ending import Ending
from runtime.worker.steps.give_back import GiveBack

PARALLEL = 8  # jobs stored at the same time


class Committer:
    """Stores files and manifests in several threads, then hands the ending to the announcer."""

    def __init__(
        self,
        *,
        distribution: str,
        jobs: HeldJobs,
        bucket: OutputBucket,
        announcer: Announcer,
        dependencies: Dependencies,
        give_back: GiveBack,
    ) -> None:
        self._distribution = distribution
        self._jobs = jobs
        self._bucket = bucket
        self._announcer = announcer
        self._dependencies = dependencies
        self._give_back = give_back
        self._pool = ThreadPoolExecutor(PARALLEL, "store")

    def finish(self, job: HeldJob, outcome: Outcome) -> None:
        """Commit the outcome of a job."""
        if self._jobs.advance(job, Stage.COMMITTING):
            self._pool.submit(self._store, job, outcome)

    def cancel_waiting(self, job: HeldJob) -> None:
        """End a job that is cancelled and waits for its turn; leave any other as it is."""
        if job.stop is Stop.CANCELLED and self._jobs.withdraw(job):
            self.finish(job, cancelled())

    def repeat(self, job: HeldJob, done: JobResult, *, is_in_table: bool = False) -> None:
        """Commit again the end of a job that has a manifest, or that the table has ended (`is_in_table`)."""
        if self._jobs.advance(job, Stage.COMMITTING):
            self._announce(job, done, is_in_table)

    def close(self) -> None:
        """Commit the jobs that wait, then end the threads."""
        self._pool.shutdown()
        self._announcer.close()

    def _store(self, job: HeldJob, outcome: Outcome) -> None:
        prefix = keys.attempt_prefix(job.message.client_id, job.job_id, job.attempt)
        call = self._dependencies.call
        try:
            if job.is_ours():  # otherwise the announcer lets the job go
                call("S3", lambda: self._bucket.store(prefix, outcome.products), job.is_ours)
                job.mark("stored")
            done = result(job, outcome, self._distribution)
            if job.is_ours():
                manifest = done
                done = call("S3", lambda: self._bucket.commit(manifest), job.is_ours)
            self._announce(job, done, is_in_table=False)
        except Exception as error:
            if trouble(error) is Trouble.OWN:
                job.begun = False  # this attempt counts: the next would end in the same way
            self._give_back.later(job, error)

    def _announce(self, job: HeldJob, done: JobResult, is_in_table: bool) -> None:
        job.mark("published")
        done = done.model_copy(update={"hops": {**done.hops, "published": job.hops["published"]}})
        self._announcer.put(Ending(job, done, encode_result(done), is_in_table))
