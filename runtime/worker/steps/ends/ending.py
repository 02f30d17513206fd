"""A job whose end is being committed, from its manifest to the deletion of its message."""

from collections.abc import Sequence
from dataclasses import dataclass

from runtime.contracts import traceparent
from runtime.contracts.messages import encode_for_item
from runtime.contracts.models import JobResult
from runtime.contracts.results import fit
from runtime.worker.aws.results_topics import ResultMessage
from runtime.worker.jobs.held_job import HeldJob


@dataclass(slots=True)
class Ending:
    """A job and its result. `is_in_table`: the job's item has the end; `is_published`: the topics have the result."""

    job: HeldJob
    result: JobResult
    text: str
    is_in_table: bool = False
    is_published: bool = False

    @property
    def kept(self) -> str:
        """What the job's item keeps of the result."""
        return self.text if len(self.text) <= fit.ITEM_BYTES else encode_for_item(self.result)

    @property
    def message(self) -> ResultMessage:
        """What is published."""
        message = self.job.message
        parent = traceparent.parse(message.traceparent)
        return ResultMessage(message.shard, self.result, self.text, message.callback_id, parent)

    @property
    def job_id(self) -> str:
        """The job's id."""
        return self.job.job_id


def wanted(batch: Sequence[Ending]) -> bool:
    """Return whether this worker may still end any job of a batch."""
    return any(each.job.is_ours() for each in batch)
