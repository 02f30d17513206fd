"""A job on the way to its end: what is known of it between the manifest and the deleted message."""

from collections.abc import Sequence
from dataclasses import dataclass

from runtime.contracts.models import JobResult
from runtime.worker.aws.results_topics import Letter
from runtime.worker.jobs.held_job import HeldJob


@dataclass(slots=True)
class Ending:
    """A job and how it ended. `ended`: its table item says so; `told`: somebody has published it, too."""

    held: HeldJob
    result: JobResult
    text: str
    ended: bool = False
    told: bool = False

    @property
    def letter(self) -> Letter:
        """What is published."""
        return Letter(self.held.message.shard, self.result, self.text)

    @property
    def job_id(self) -> str:
        """The job's id."""
        return self.held.job_id


def wanted(batch: Sequence[Ending]) -> bool:
    """Whether any job of a batch is still this worker's to end."""
    return any(each.held.is_ours() for each in batch)
