"""Prepares a job: checks whether it has ended and whether its parameters fit, and downloads its input."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from algorithms.declaration import Scope
from runtime.contracts import states
from runtime.contracts.models import InputReference
from runtime.errors import PermanentError
from runtime.worker.aws.jobs_table import JobsTable
from runtime.worker.aws.output_bucket import OutputBucket
from runtime.worker.jobs.held_job import HeldJob, Stage
from runtime.worker.jobs.held_jobs import HeldJobs
from runtime.worker.jobs.outcome import cancelled, failed
from runtime.worker.jobs.scopes import check_scope
from runtime.worker.steps.begin import Beginner
from runtime.worker.steps.dependencies import Dependencies
from runtime.worker.steps.ends.commit import Committer
from runtime.worker.steps.give_back import GiveBack
from runtime.worker.steps.inputs import further_inputs
from runtime.worker.steps.inputs.denials import Denials
from runtime.worker.steps.inputs.download import Download, Inputs, Reference
from runtime.worker.steps.inputs.waited import has_waited, without_ended

PARALLEL = 4  # jobs whose inputs are downloaded at the same time
PARALLEL_OTHERS = 8  # further inputs of these jobs


class Preparer:
    """Prepares jobs in threads of its own while another job is computed."""

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
        self._denials = Denials()
        # Jobs that yield, of which there may be many, have threads of their own.
        self._others = ThreadPoolExecutor(PARALLEL_OTHERS, "further-inputs")
        self._pools = {each: ThreadPoolExecutor(PARALLEL, "prepare") for each in (False, True)}

    def submit(self, jobs: Sequence[HeldJob]) -> None:
        """Prepare received jobs in other threads; jobs with the same input share a thread."""
        if any(map(has_waited, jobs)):
            self._pools[jobs[0].yields].submit(lambda: self._share(self._open_ones(jobs)))
        else:
            self._share(jobs)

    def _open_ones(self, jobs: Sequence[HeldJob]) -> Sequence[HeldJob]:
        return without_ended(jobs, table=self._table, beginner=self._beginner, dependencies=self._dependencies)

    def _share(self, jobs: Sequence[HeldJob]) -> None:
        sharing: dict[tuple[bool, InputReference], list[HeldJob]] = {}
        for job in jobs:
            sharing.setdefault((job.yields, job.message.pacs), []).append(job)
        for (yields, _), each in sharing.items():
            self._pools[yields].submit(self._prepare_all, each)

    def close(self) -> None:
        """End the threads."""
        for pool in (*self._pools.values(), self._others):
            pool.shutdown(wait=False, cancel_futures=True)

    def _prepare_all(self, jobs: Sequence[HeldJob]) -> None:
        for job in jobs:
            self._prepare(job)

    def _prepare(self, job: HeldJob) -> None:
        try:
            # Looking up a job costs calls, so it is done only for a job that was received before.
            if job.receive_count > 1 and self._is_over(job):
                return
            self._check(job)
            # Further inputs are on their way while this thread fetches the image.
            others = further_inputs.begin(job, self._fetch, self._others)
            job.paths = self._fetch(job, job.message.pacs)
            job.inputs = further_inputs.end(others)
            job.mark("fetched")
            self._jobs.advance(job, Stage.READY)
            self._committer.cancel_waiting(job)  # if it was cancelled meanwhile
        except PermanentError as error:
            self._refuse(job, error)
        except Exception as error:
            self._give_back.later(job, error)

    def _fetch(self, job: HeldJob, reference: Reference) -> tuple[Path, ...]:
        """Return the files of one input, which the job keeps until it leaves."""

        def fetch() -> Download:
            return self._inputs.fetch(reference, job.message.accepted_at)

        if isinstance(reference, InputReference):
            download = self._dependencies.call("the archive", lambda: self._denials.judge(fetch), job.is_ours)
        else:
            download = self._dependencies.call("S3", fetch, job.is_ours)
        job.on_close(lambda: self._inputs.release(download))
        return download.paths.result()

    def _refuse(self, job: HeldJob, error: PermanentError) -> None:
        try:
            self._beginner.end(job, failed(error.code, error.message))
        except Exception as problem:
            self._give_back.later(job, problem)

    def _is_over(self, job: HeldJob) -> bool:
        """Return whether a job was done before, or cancelled while no worker had it; if so, commit its end."""
        client_id = job.message.client_id
        done = self._dependencies.call("S3", lambda: self._bucket.manifest(client_id, job.job_id), job.is_ours)
        if done is not None:
            self._committer.repeat(job, done)
            return True
        marks = self._dependencies.call("DynamoDB", lambda: self._table.marks([job.job_id]), job.is_ours)
        mark = marks.get(job.job_id, {})
        if mark.get("cancel_requested"):
            self._beginner.end(job, cancelled())
            return True
        job.suspect = mark.get("state") == states.RUNNING and mark.get("attempts", 0) > 0
        return False

    def _check(self, job: HeldJob) -> None:
        check_scope(job.message.algorithm, self._scopes, job.message.pacs.scope)
