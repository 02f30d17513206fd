"""The ends of jobs in the table, which arbitrates: whatever it says by then is how a job ended."""

from collections.abc import Sequence

from runtime.contracts import states
from runtime.worker.aws.jobs_table import JobsTable
from runtime.worker.aws.trouble import Trouble, of_code
from runtime.worker.jobs.held_job import Stop
from runtime.worker.steps.batch import for_each
from runtime.worker.steps.dependencies import Dependencies
from runtime.worker.steps.ending import Ending
from runtime.worker.steps.recorded import recorded


class Ends:
    """Threads may share it."""

    def __init__(self, *, distribution: str, table: JobsTable, dependencies: Dependencies) -> None:
        self._distribution = distribution
        self._table = table
        self._dependencies = dependencies

    def write(self, batch: Sequence[Ending]) -> dict[str, str]:
        """Write the ends that the table does not have; return the codes of those that it refuses."""
        missing = [each for each in batch if not each.ended]
        refused = for_each(self._dependencies, "DynamoDB", missing, self._write)
        for code in refused.values():
            if of_code(code) is Trouble.LASTING:
                self._dependencies.refused("the jobs table", code)
        return refused

    def _write(self, batch: Sequence[Ending]) -> dict[str, str]:
        codes: dict[str, str] = {}
        left = [each for each in batch if not each.ended]  # a look may have failed after some were written
        for ending, written in zip(
            left, self._table.end([(each.held, each.result, each.text) for each in left]), strict=True
        ):
            if written.error is not None:
                codes[ending.job_id] = written.error
                continue
            if written.conflict:
                self._look(ending)
            ending.ended = True
        return codes

    def _look(self, ending: Ending) -> None:
        """See what became of a job whose end the table did not take: that counts, whatever came of it here."""
        item = self._table.get(ending.job_id)
        if item is None or item.get("result") == ending.text:
            return  # it has expired, and its client may still wait; or the answer to the same write was lost
        if item["state"] in states.OPEN_STATES:
            ending.held.stop = Stop.LOST  # another worker has begun it since
            return
        ending.result, ending.text = recorded(ending.held, item, self._distribution)
        ending.told = "t_published" in item
