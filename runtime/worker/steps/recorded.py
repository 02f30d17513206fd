"""Reads how a job ended from its item in the jobs table."""

from runtime.contracts.items import Item
from runtime.contracts.messages import decode_result, encode_result
from runtime.contracts.models import Fault, JobResult
from runtime.worker.jobs.held_job import HeldJob
from runtime.worker.jobs.outcome import Outcome, result


def recorded(job: HeldJob, item: Item, distribution: str) -> tuple[JobResult, str]:
    """Return the result of an ended job, and the text of its message."""
    if "result" in item:
        return decode_result(item["result"]), str(item["result"])
    error = Fault.model_validate_json(item["error"]) if "error" in item else None
    done = result(job, Outcome(item["state"], error=error), distribution)
    return done, encode_result(done)
