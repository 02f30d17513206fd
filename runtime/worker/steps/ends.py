"""The ends of jobs in the table, which arbitrates: whatever it says by then is how a job ended."""

from collections.abc import Sequence

from runtime.contracts import states
from runtime.errors import TransientError
from runtime.worker.aws.jobs_table import JobsTable
from runtime.worker.aws.trouble import Trouble, of_code
from runtime.worker.jobs.held_job import Stop
from runtime.worker.steps.dependencies import Dependencies
from runtime.worker.steps.ending import Ending, wanted
from runtime.worker.steps.recorded import recorded


class Ends:
    """Threads may share it."""

    def __init__(self, *, distribution: str, table: JobsTable, dependencies: Dependencies) -> None:
        self._distribution = distribution
        self._table = table
        self._dependencies = dependencies

    def write(self, batch: Sequence[Ending]) -> dict[str, str]:
        """Write the ends that the table does not have; return the codes of those that it refuses."""
        refused: dict[str, str] = {}

        def write() -> None:
            left = [each for each in batch if not each.ended and each.job_id not in refused]
            passing: list[str] = []
            for ending, written in zip(
                left, self._table.end([(each.held, each.result, each.text) for each in left]), strict=True
            ):
                if written.error is None:
                    if written.conflict:
                        self._look(ending)
                    ending.ended = True
                elif of_code(written.error) is Trouble.PASSING:
                    passing.append(written.error)
                else:
                    refused[ending.job_id] = written.error
                    if of_code(written.error) is Trouble.LASTING:
                        self._dependencies.refused("the jobs table", written.error)
            if passing:
                raise TransientError(f"DynamoDB refused ends: {', '.join(sorted(set(passing)))}")

        if batch:
            self._dependencies.call("DynamoDB", write, lambda: wanted(batch))
        return refused

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
