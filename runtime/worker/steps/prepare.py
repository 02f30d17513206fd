"""Before a job is computed: was it done already, do its parameters fit, where is its input."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

from algorithms.errors import InvalidParameters
from algorithms.parameters import bind
from algorithms.registry import Registered
from runtime.contracts.models import InputReference
from runtime.errors import PermanentError
from runtime.worker.aws.jobs_table import Table
from runtime.worker.aws.output_bucket import Outputs
from runtime.worker.jobs.held_job import Held, Stage
from runtime.worker.jobs.held_jobs import Hand
from runtime.worker.jobs.outcome import cancelled, failed
from runtime.worker.steps.commit import Committer
from runtime.worker.steps.give_back import Release
from runtime.worker.steps.inputs import Inputs

PARALLEL = 4  # inputs on their way at the same time, while another job computes


class Preparer:
    """Fetches while another job computes."""

    def __init__(
        self,
        registered: Registered,
        hand: Hand,
        inputs: Inputs,
        outputs: Outputs,
        committer: Committer,
        table: Table,
        release: Release,
    ) -> None:
        self._registered = registered
        self._hand = hand
        self._inputs = inputs
        self._outputs = outputs
        self._committer = committer
        self._release = release
        self._table = table
        self._pool = ThreadPoolExecutor(PARALLEL, "prepare")

    def submit(self, jobs: Sequence[Held]) -> None:
        """Prepare claimed jobs in other threads, those of one input in one, as they share it."""
        sharing: dict[InputReference, list[Held]] = {}
        for job in jobs:
            sharing.setdefault(job.job.pacs, []).append(job)
        for each in sharing.values():
            self._pool.submit(self._prepare_all, each)

    def close(self) -> None:
        """End the threads."""
        self._pool.shutdown(cancel_futures=True)

    def _prepare_all(self, jobs: Sequence[Held]) -> None:
        for job in jobs:
            self._prepare(job)

    def _prepare(self, held: Held) -> None:
        try:
            # Looking costs calls, so only a job that was received before pays for it.
            if held.receive_count > 1 and self._is_over(held):
                return
            self._check(held)
            fetched = self._inputs.fetch(held.job.pacs, held.job.accepted_at)
            held.on_close(lambda: self._inputs.release(fetched))
            held.paths = fetched.paths.result()
            held.mark("fetched")
            self._hand.advance(held, Stage.READY)
            self._committer.cancel_waiting(held)  # it may have been cancelled meanwhile
        except PermanentError as error:
            self._committer.finish(held, failed(error.code, error.message))
        except Exception as error:
            self._release.later(held, error)

    def _is_over(self, held: Held) -> bool:
        """Complete a job that was done before, or cancelled while nobody had it."""
        if (done := self._outputs.manifest(held.job)) is not None:
            self._committer.repeat(held, done)
            return True
        mark = self._table.marks([held.job.job_id]).get(held.job.job_id, {})
        if mark.get("cancel_requested"):
            self._committer.finish(held, cancelled())
            return True
        return False

    def _check(self, held: Held) -> None:
        algorithm = self._registered.algorithm
        if held.job.pacs.scope not in algorithm.scopes:
            raise PermanentError(
                "input_unsupported",
                f"{algorithm.name} takes {' or '.join(algorithm.scopes)}, not scope {held.job.pacs.scope}.",
            )
        try:
            held.parameters = bind(algorithm.run, held.job.parameters)
        except InvalidParameters as error:
            raise PermanentError(
                "invalid_parameters", f"The parameters do not fit {algorithm.name}: {error}."
            ) from None
