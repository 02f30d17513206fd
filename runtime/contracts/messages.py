"""The one place where messages are decoded and encoded.

A message of a later release is read as far as possible: unknown fields are ignored, and a message with a higher
version is left to a release that understands it.
"""

import json

from pydantic import ValidationError

from runtime.contracts.models import JobMessage, JobResult
from runtime.contracts.results import fit
from runtime.errors import ImagingError, PermanentError

JOB_VERSION = 2
RESULT_VERSION = 1


class NewerMessageError(ImagingError):
    """A message of a higher version; this release gives it back untouched."""


class BadMessageError(PermanentError):
    """A message that no release can read; `data` is its body as received."""

    def __init__(self, message: str, data: str) -> None:
        super().__init__("bad_message", message)
        self.data = data


def decode_job(body: str) -> JobMessage:
    """Return the job that a request message asks for. Raises BadMessageError, or NewerMessageError."""
    try:
        return JobMessage.model_validate_json(body, extra="ignore")
    except ValidationError as error:
        _raise_if_newer(body, JOB_VERSION)
        raise BadMessageError(f"The request message cannot be read: {_faults(error)}.", body) from error


def decode_result(body: str) -> JobResult:
    """Return the result that a manifest or a result message holds. Raises BadMessageError, or NewerMessageError."""
    try:
        return JobResult.model_validate_json(body, extra="ignore")
    except ValidationError as error:
        _raise_if_newer(body, RESULT_VERSION)
        raise BadMessageError(f"The result cannot be read: {_faults(error)}.", body) from error


def encode_job(job: JobMessage) -> str:
    """Return the body of a request message."""
    return fit.dumps(job.model_dump(mode="json"))


def encode_result(result: JobResult, limit: int = fit.RESULT_BYTES) -> str:
    """Return the SNS message of a result, its outputs cut to what fits into `limit` bytes."""
    return fit.encode(result.model_dump(mode="json"), limit)


def encode_for_item(result: JobResult) -> str:
    """Return what a job's item keeps of its result."""
    return fit.encode_for_item(result.model_dump(mode="json"))


def _raise_if_newer(body: str, known: int) -> None:
    try:
        version = json.loads(body)["version"]
    except (ValueError, TypeError, KeyError, RecursionError):
        return
    if type(version) is int and version > known:
        raise NewerMessageError(f"The message has version {version}; this release reads version {known}.")


def _faults(error: ValidationError) -> str:
    # Without the values, which could end up in a log.
    return "; ".join(
        f"/{'/'.join(str(part) for part in fault['loc'])} {fault['msg']}" for fault in error.errors(include_input=False)
    )
