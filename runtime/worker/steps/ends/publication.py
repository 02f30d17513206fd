"""Publishes the results of ended jobs to their two topics, and notes it in the jobs table."""

import time
from collections.abc import Callable, Collection, Sequence

from runtime.worker import log
from runtime.worker.aws.jobs_table import JobsTable
from runtime.worker.aws.results_topics import ResultMessage, ResultsTopics
from runtime.worker.aws.trouble import Trouble, of_code
from runtime.worker.steps.dependencies import Dependencies
from runtime.worker.steps.ends.batch import for_each
from runtime.worker.steps.ends.ending import Ending

Topics = Callable[[Sequence[ResultMessage]], dict[str, str]]
SIDE_SECONDS = 60.0  # after a failure, in which it is tried once for each batch
SIDE_TRIES = 3  # for the distribution's topic: it must not hold up the clients' results; the sweeper does the rest


class Publication:
    """Publishes results in batches. Threads may share it."""

    def __init__(self, *, topics: ResultsTopics, table: JobsTable, dependencies: Dependencies) -> None:
        self._topics = topics
        self._table = table
        self._dependencies = dependencies
        self._side_fails_until = 0.0

    def publish(self, batch: Sequence[Ending]) -> dict[str, str]:
        """Publish results; return the codes of the jobs that the clients' topics refuse."""
        refused = self._send(batch, self._topics.to_clients)
        sent = [each for each in batch if each.job_id not in refused]
        failed = self._distribute(sent)
        for job_id, code in failed.items():
            log.line("distribution_refused", job_id=job_id, code=code)
        if any(of_code(code) is Trouble.LASTING for code in refused.values()):
            self._dependencies.refused("results topics", ", ".join(sorted(set(refused.values()))))
        elif sent:
            self._dependencies.works("results topics")
        self._note(sent, failed.keys())
        return refused

    def _distribute(self, sent: Sequence[Ending]) -> dict[str, str]:
        """Publish to the distribution's topic; while that fails, later results are not held up by further tries."""
        most = 1 if time.monotonic() < self._side_fails_until else SIDE_TRIES
        failed = self._send(sent, self._topics.to_distribution, most)
        if failed:
            self._side_fails_until = time.monotonic() + SIDE_SECONDS
        elif sent:
            self._side_fails_until = 0.0
        return failed

    def _send(self, batch: Sequence[Ending], topics: Topics, most: int | None = None) -> dict[str, str]:
        return for_each(self._dependencies, "SNS", batch, lambda left: topics([each.message for each in left]), most)

    def _note(self, sent: Sequence[Ending], undistributed: Collection[str]) -> None:
        """Note in the table which results are published; what it refuses for good is left to the sweeper."""

        def note(left: Sequence[Ending]) -> dict[str, str]:
            times = {each.job_id: each.job.hops["published"] for each in left}
            answers = self._table.note_published(times, undistributed)
            return {job_id: each.error for job_id, each in zip(times, answers, strict=True) if each.error}

        for job_id, code in for_each(self._dependencies, "DynamoDB", sent, note).items():
            log.line("note_refused", job_id=job_id, code=code)
