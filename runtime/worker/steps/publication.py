"""The results of ended jobs to their two topics, and the note that they are there."""

from collections.abc import Callable, Collection, Sequence

from runtime.errors import TransientError
from runtime.worker import log
from runtime.worker.aws.jobs_table import JobsTable
from runtime.worker.aws.results_topics import Letter, ResultsTopics
from runtime.worker.aws.trouble import Trouble, of_code
from runtime.worker.steps.dependencies import Dependencies
from runtime.worker.steps.ending import Ending, wanted

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
        refused = self._send(batch, self._topics.to_clients, None)
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

    def _note(self, told: Sequence[Ending], undistributed: Collection[str]) -> None:
        """Note in the table who is told: what is throttled again, what is refused for good is left to the sweeper."""
        left = {each.job_id: each.held.hops["published"] for each in told}

        def note() -> None:
            passing: list[str] = []
            for job_id, written in zip(list(left), self._table.told(left, undistributed), strict=True):
                if written.error and of_code(written.error) is Trouble.PASSING:
                    passing.append(written.error)
                    continue
                if written.error:
                    log.line("note_refused", job_id=job_id, code=written.error)
                del left[job_id]
            if passing:
                raise TransientError(f"DynamoDB refused notes: {', '.join(sorted(set(passing)))}")

        if left:
            self._dependencies.call("DynamoDB", note, lambda: wanted(told))

    def _send(self, batch: Sequence[Ending], topics: Topics, most: int | None) -> dict[str, str]:
        """Publish through `topics`, what is throttled again; return the codes of what is refused for good."""
        refused: dict[str, str] = {}
        sent: set[str] = set()

        def send() -> None:
            left = [each for each in batch if each.job_id not in refused.keys() | sent]
            codes = topics([each.letter for each in left])
            passing = {job_id: code for job_id, code in codes.items() if of_code(code) is Trouble.PASSING}
            refused.update({job_id: code for job_id, code in codes.items() if job_id not in passing})
            sent.update(each.job_id for each in left if each.job_id not in codes)
            if passing:
                raise TransientError(f"SNS refused results: {', '.join(sorted(set(passing.values())))}")

        if not batch:
            return refused
        try:
            self._dependencies.call("SNS", send, lambda: wanted(batch), most)
        except Exception as error:
            if most is None:
                raise
            left = {each.job_id for each in batch} - sent
            refused = {job_id: type(error).__name__ for job_id in left} | refused
        return refused
