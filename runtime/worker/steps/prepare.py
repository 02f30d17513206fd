"""Before a job is computed: was it done already, do its parameters fit, where is its input."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

from algorithms.declaration import Scope
from runtime.contracts import states
from runtime.contracts.models import InputReference
from runtime.errors import PermanentError
from runtime.worker.aws.jobs_table import JobsTable
from runtime.worker.aws.output_bucket import OutputBucket
from runtime.worker.jobs.held_job import HeldJob, Stage
from runtime.worker.jobs.held_jobs import HeldJobs
from runtime.worker.jobs.outcome import cancelled, failed
from runtime.worker.steps.begin import Beginner
from runtime.worker.steps.commit import Committer
from runtime.worker.steps.dependencies import Dependencies
from runtime.worker.steps.give_back import GiveBack
from runtime.worker.steps.inputs import Inputs

PARALLEL = 4  # inputs on their way at the same time, while another job computes


class Preparer:
    """Fetches while another job computes."""

    def __init__(
        self,
        *,
        scopes: Sequence[Scope],
        jobs: HeldJobs,
        inputs: Inputs,
        bucket: OutputBucket,
        committer: Committer,
        table: JobsTable,
        give_back: GiveBack,
        beginner: Beginner,
        dependencies: Dependencies,
    ) -> None:
        self._scopes = scopes
        self._jobs = jobs
        self._inputs = inputs
        self._bucket = bucket
        self._committer = committer
        self._give_back = give_back
        self._table = table
        self._beginner = beginner
        self._dependencies = dependencies
        self._pool = ThreadPoolExecutor(PARALLEL, "prepare")

    def submit(self, jobs: Sequence[HeldJob]) -> None:
        """Prepare received jobs in other threads, those of one input in one, as they share it."""
        sharing: dict[InputReference, list[HeldJob]] = {}
        for job in jobs:
            sharing.setdefault(job.message.pacs, []).append(job)
        for each in sharing.values():
            self._pool.submit(self._prepare_all, each)

    def close(self) -> None:
        """End the threads."""
        self._pool.shutdown(wait=False, cancel_futures=True)

    def _prepare_all(self, jobs: Sequence[HeldJob]) -> None:
        for job in jobs:
            self._prepare(job)

    def _prepare(self, held: HeldJob) -> None:
        try:
            # Looking costs calls, so only a job that was received before pays for it.
            if held.receive_count > 1 and self._is_over(held):
                return
            self._check(held)
            fetched = self._dependencies.call(
                "the archive", lambda: self._inputs.fetch(held.message.pacs, held.message.accepted_at), held.is_ours
            )
            held.on_close(lambda: self._inputs.release(fetched))
            held.paths = fetched.paths.result()
            held.mark("fetched")
            self._jobs.advance(held, Stage.READY)
            self._committer.cancel_waiting(held)  # it may have been cancelled meanwhile
        except PermanentError as error:
            self._refuse(held, error)
        except Exception as error:
            self._give_back.later(held, error)

    def _refuse(self, held: HeldJob, error: PermanentError) -> None:
        try:
            self._beginner.end(held, failed(error.code, error.message))
        except Exception as problem:
            self._give_back.later(held, problem)

    def _is_over(self, held: HeldJob) -> bool:
        """Complete a job that was done before, or cancelled while nobody had it."""
        job = held.message
        done = self._dependencies.call("S3", lambda: self._bucket.manifest(job.client_id, job.job_id), held.is_ours)
        if done is not None:
            self._committer.repeat(held, done)
            return True
        marks = self._dependencies.call("DynamoDB", lambda: self._table.marks([job.job_id]), held.is_ours)
        mark = marks.get(job.job_id, {})
        if mark.get("cancel_requested"):
            self._beginner.end(held, cancelled())
            return True
        held.suspect = mark.get("state") == states.RUNNING and mark.get("attempts", 0) > 0
        return False

    def _check(self, held: HeldJob) -> None:
        scope = held.message.pacs.scope
        if scope not in self._scopes:
            raise PermanentError(
                "input_unsupported", f"{held.message.algorithm} takes {' or '.join(self._scopes)}, not scope {scope}."
            )
