"""How a job ended, as its item in the table tells."""

from runtime.contracts.messages import decode_result, encode_result
from runtime.contracts.models import Fault, JobResult
from runtime.worker.aws.items import Item
from runtime.worker.jobs.held_job import HeldJob
from runtime.worker.jobs.outcome import Outcome, result


def recorded(held: HeldJob, item: Item, distribution: str) -> tuple[JobResult, str]:
    """Return the result of an ended job, and its message."""
    if "result" in item:
        return decode_result(item["result"]), str(item["result"])
    error = Fault.model_validate_json(item["error"]) if "error" in item else None
    ended = result(held, Outcome(item["state"], error=error), distribution)
    return ended, encode_result(ended)
