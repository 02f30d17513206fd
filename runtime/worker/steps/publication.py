"""The results of ended jobs to their two topics, and the note that they are there."""

from collections.abc import Callable, Collection, Sequence

from runtime.worker import log
from runtime.worker.aws.jobs_table import JobsTable
from runtime.worker.aws.results_topics import Letter, ResultsTopics
from runtime.worker.aws.trouble import Trouble, of_code
from runtime.worker.steps.batch import for_each
from runtime.worker.steps.dependencies import Dependencies
from runtime.worker.steps.ending import Ending

Topics = Callable[[Sequence[Letter]], dict[str, str]]
SIDE_TRIES = 3  # for the distribution's topic: it must not hold up what clients wait for; the sweeper does the rest


class Publication:
    """Threads may share it."""

    def __init__(self, *, topics: ResultsTopics, table: JobsTable, dependencies: Dependencies) -> None:
        self._topics = topics
        self._table = table
        self._dependencies = dependencies

    def publish(self, batch: Sequence[Ending]) -> dict[str, str]:
        """Publish what is not yet; return the codes of those that the clients' topics refuse."""
        refused = self._send(batch, self._topics.to_clients)
        told = [each for each in batch if each.job_id not in refused]
        failed = self._send(told, self._topics.to_distribution, SIDE_TRIES)
        for job_id, code in failed.items():
            log.line("distribution_refused", job_id=job_id, code=code)
        if any(of_code(code) is Trouble.LASTING for code in refused.values()):
            self._dependencies.refused("results topics", ", ".join(sorted(set(refused.values()))))
        elif told:
            self._dependencies.works("results topics")
        self._note(told, failed.keys())
        return refused

    def _send(self, batch: Sequence[Ending], topics: Topics, most: int | None = None) -> dict[str, str]:
        return for_each(self._dependencies, "SNS", batch, lambda left: topics([each.letter for each in left]), most)

    def _note(self, told: Sequence[Ending], undistributed: Collection[str]) -> None:
        """Note in the table who is told; what is refused for good is left to the sweeper."""

        def note(left: Sequence[Ending]) -> dict[str, str]:
            published = {each.job_id: each.held.hops["published"] for each in left}
            written = self._table.told(published, undistributed)
            return {job_id: each.error for job_id, each in zip(published, written, strict=True) if each.error}

        for job_id, code in for_each(self._dependencies, "DynamoDB", told, note).items():
            log.line("note_refused", job_id=job_id, code=code)
