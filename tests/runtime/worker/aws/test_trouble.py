"""What an error means for the worker that meets it."""

import errno

import pytest
from botocore.exceptions import (
    ClientError,
    ConnectTimeoutError,
    CredentialRetrievalError,
    EndpointConnectionError,
    NoCredentialsError,
    ParamValidationError,
    ReadTimeoutError,
)
from urllib3.exceptions import ProtocolError, SSLError

from runtime.errors import PermanentError, TransientError
from runtime.worker.aws.trouble import Trouble, of_code, trouble


def answer(code: str, status: int = 400) -> ClientError:
    return ClientError({"Error": {"Code": code}, "ResponseMetadata": {"HTTPStatusCode": status}}, "PutObject")  # pyright: ignore


def behind(error: Exception) -> TransientError:
    outer = TransientError("the bucket of images does not answer")
    outer.__cause__ = error
    return outer


@pytest.mark.parametrize(
    "error",
    [
        EndpointConnectionError(endpoint_url="x"),
        ConnectTimeoutError(endpoint_url="x"),
        ReadTimeoutError(endpoint_url="x"),
        NoCredentialsError(),
        CredentialRetrievalError(provider="container", error_msg="no answer"),
        answer("SlowDown", 503),
        answer("InvalidSignatureException"),
        answer("Whatever", 500),
        answer("Whatever", 429),
        answer("ExpiredToken", 403),
        answer("ExpiredTokenException"),
        answer("ProvisionedThroughputExceededException"),
        answer("ConditionalRequestConflict", 409),
        answer("OperationAborted", 409),
        answer("BadDigest"),
        answer("OverLimit", 403),
        behind(answer("InternalError", 500)),
        TransientError("throttled statements"),
        ConnectionRefusedError(),
        SSLError("the encryption broke in the middle of a file"),
        ProtocolError("Connection broken"),
        TimeoutError(),
    ],
)
def test_what_passes(error: Exception) -> None:
    assert trouble(error) is Trouble.PASSING


@pytest.mark.parametrize(
    "error",
    [
        answer("NoSuchBucket", 404),
        answer("AccessDenied", 403),
        answer("KmsAccessDenied"),
        answer("AWS.SimpleQueueService.NonExistentQueue"),
        answer("ResourceNotFoundException"),
        behind(answer("NoSuchBucket", 404)),
        OSError(errno.ENOSPC, "No space left on device"),
        behind(OSError(errno.ENOSPC, "No space left on device")),
    ],
)
def test_what_lasts(error: Exception) -> None:
    assert trouble(error) is Trouble.LASTING


@pytest.mark.parametrize(
    "error",
    [
        ValueError("a fault of the program"),
        FileNotFoundError(errno.ENOENT, "gone"),
        PermanentError("input_not_found", "There is none."),
        ParamValidationError(report="x"),
        answer("InvalidParameter"),
        answer("ValidationException"),
    ],
)
def test_what_is_the_jobs_or_the_programs_own(error: Exception) -> None:
    assert trouble(error) is Trouble.OWN


def test_entries_of_a_batch_are_told_apart_by_their_codes() -> None:
    codes = ("ThrottlingError", "InternalError", "NotFound", "InvalidParameter")
    assert [of_code(code) for code in codes] == [Trouble.PASSING, Trouble.PASSING, Trouble.LASTING, Trouble.OWN]
