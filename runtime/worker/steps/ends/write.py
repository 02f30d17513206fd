"""Writes the ends of jobs to the jobs table, which decides: an end that it has already is the job's end."""

from collections.abc import Sequence

from runtime.contracts import states
from runtime.worker.aws.jobs_table import JobsTable
from runtime.worker.aws.trouble import Trouble, of_code
from runtime.worker.jobs.held_job import Stop
from runtime.worker.steps.dependencies import JOBS_TABLE, Dependencies
from runtime.worker.steps.ends.batch import for_each
from runtime.worker.steps.ends.ending import Ending
from runtime.worker.steps.ends.recorded import RecordedEnds


class Ends:
    """Writes ends in batches. Threads may share it."""

    def __init__(self, *, table: JobsTable, recorded: RecordedEnds, dependencies: Dependencies) -> None:
        self._table = table
        self._recorded = recorded
        self._dependencies = dependencies

    def write(self, batch: Sequence[Ending]) -> dict[str, str]:
        """Write the ends that the table does not have yet; return the codes of the jobs that it refuses."""
        missing = [each for each in batch if not each.is_in_table]
        refused = for_each(self._dependencies, "DynamoDB", missing, self._write)
        for code in refused.values():
            if of_code(code) is Trouble.LASTING:
                self._dependencies.refused(JOBS_TABLE, code)
        if len(refused) < len(missing):
            self._dependencies.works(JOBS_TABLE)
        return refused

    def _write(self, batch: Sequence[Ending]) -> dict[str, str]:
        codes: dict[str, str] = {}
        left = [each for each in batch if not each.is_in_table]  # some may be written before a lookup failed
        for ending, answer in zip(
            left, self._table.end([(each.job, each.result, each.kept) for each in left]), strict=True
        ):
            if answer.error is not None:
                codes[ending.job_id] = answer.error
                continue
            if answer.conflict:
                self._look(ending)
            ending.is_in_table = True
        return codes

    def _look(self, ending: Ending) -> None:
        """Look up a job whose end the table did not take, and adopt the end that it has."""
        item = self._table.get(ending.job_id)
        if item is None or item.get("result") == ending.kept:
            return  # the item has expired and the client may still wait, or the answer to this write was lost
        if item["state"] in states.OPEN_STATES:
            ending.job.stop = Stop.LOST  # another worker has begun it since
            return
        ending.is_published = "t_published" in item
        if not ending.is_published:
            ending.result, ending.text = self._recorded.read(ending.job, item)
