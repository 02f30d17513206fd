"""The one place where messages are decoded and encoded."""

from pydantic import ValidationError

from runtime.contracts import fit
from runtime.contracts.models import JobMessage, JobResult
from runtime.errors import PermanentError


class BadMessageError(PermanentError):
    """A message that no code of this version can read; `data` is its body as received."""

    def __init__(self, message: str, data: str) -> None:
        super().__init__("bad_message", message)
        self.data = data


def decode_job(body: str) -> JobMessage:
    """Return the job that a request message asks for; BadMessageError where it is none."""
    try:
        return JobMessage.model_validate_json(body)
    except ValidationError as error:
        raise BadMessageError(f"The request message cannot be read: {_faults(error)}.", body) from error


def decode_result(body: str) -> JobResult:
    """Return the result that a manifest or a result message holds; BadMessageError where it is none."""
    try:
        return JobResult.model_validate_json(body)
    except ValidationError as error:
        raise BadMessageError(f"The result cannot be read: {_faults(error)}.", body) from error


def encode_job(job: JobMessage) -> str:
    """Return the body of a request message."""
    return fit.dumps(job.model_dump(mode="json"))


def encode_result(result: JobResult, limit: int = fit.RESULT_BYTES) -> str:
    """Return the SNS message of a result, its outputs cut to what fits into `limit` bytes."""
    return fit.encode(result.model_dump(mode="json"), limit)


def _faults(error: ValidationError) -> str:
    # Without the values: they may end in a log.
    return "; ".join(
        f"/{'/'.join(str(part) for part in fault['loc'])} {fault['msg']}" for fault in error.errors(include_input=False)
    )
