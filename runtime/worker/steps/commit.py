"""The end of a job, in the order that survives a crash at any point: files, manifest, table, SNS, message."""

from concurrent.futures import ThreadPoolExecutor

from runtime.contracts import keys
from runtime.contracts.messages import encode_result
from runtime.contracts.models import JobResult
from runtime.worker.aws.output_bucket import OutputBucket
from runtime.worker.aws.trouble import Trouble, trouble
from runtime.worker.jobs.held_job import HeldJob, Stage, Stop
from runtime.worker.jobs.held_jobs import HeldJobs
from runtime.worker.jobs.outcome import Outcome, cancelled, result
from runtime.worker.steps.announce import Announcer
from runtime.worker.steps.dependencies import Dependencies
from runtime.worker.steps.ending import Ending
from runtime.worker.steps.give_back import GiveBack

PARALLEL = 8  # jobs stored at the same time


class Committer:
    """Stores in several threads, then leaves it to the announcer to tell everybody."""

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

    def finish(self, held: HeldJob, outcome: Outcome) -> None:
        """Commit how a job ended."""
        if self._jobs.advance(held, Stage.COMMITTING):
            self._pool.submit(self._store, held, outcome)

    def cancel_waiting(self, held: HeldJob) -> None:
        """End a job that is cancelled and waits for its turn; any other goes on as it is."""
        if held.stop is Stop.CANCELLED and self._jobs.withdraw(held):
            self.finish(held, cancelled())

    def repeat(self, held: HeldJob, done: JobResult, *, ended: bool = False) -> None:
        """Commit again how a job ended before, from its manifest on; `ended`: the table says so already."""
        if self._jobs.advance(held, Stage.COMMITTING):
            self._announce(held, done, ended)

    def close(self) -> None:
        """Commit what is waiting, then end the threads."""
        self._pool.shutdown()
        self._announcer.close()

    def _store(self, held: HeldJob, outcome: Outcome) -> None:
        job = held.message
        prefix = keys.attempt_prefix(job.client_id, job.job_id, held.attempt)
        call = self._dependencies.call
        try:
            if held.is_ours():  # else it is let go by the announcer
                call("S3", lambda: self._bucket.store(prefix, outcome.products), held.is_ours)
                held.mark("stored")
            done = result(held, outcome, self._distribution)
            if held.is_ours():
                manifest = done
                done = call("S3", lambda: self._bucket.commit(manifest), held.is_ours)
            self._announce(held, done, ended=False)
        except Exception as error:
            if trouble(error) is Trouble.OWN:
                held.begun = False  # this computation counts: the next would end in the same way
            self._give_back.later(held, error)

    def _announce(self, held: HeldJob, done: JobResult, ended: bool) -> None:
        held.mark("published")
        done = done.model_copy(update={"hops": {**done.hops, "published": held.hops["published"]}})
        self._announcer.put(Ending(held, done, encode_result(done), ended))
