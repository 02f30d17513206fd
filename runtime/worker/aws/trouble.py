"""Classifies an error around a job: the same call may work later, this worker cannot work, or neither."""

import errno
from collections.abc import Iterator
from enum import Enum, auto
from typing import Final

from botocore.exceptions import BotoCoreError, ClientError, HTTPClientError, ParamValidationError
from urllib3.exceptions import HTTPError

from runtime.contracts import aws_codes
from runtime.errors import NO_ROOM, PermanentError, TransientError


class Trouble(Enum):
    """How to go on after an error."""

    PASSING = auto()  # an outage, throttling, credentials that are being renewed: repeat the call
    LASTING = auto()  # something that jobs need is missing or denied: another worker may have it
    OWN = auto()  # the job itself, or the program, is to blame


PASSING: Final = aws_codes.RENEWING | aws_codes.BUSY
LASTING: Final = aws_codes.DENIED | {
    "AWS.SimpleQueueService.NonExistentQueue",
    "InvalidBucketState",
    "NoSuchBucket",
    "NotFound",
    "NotFoundException",
    "QueueDoesNotExist",
    "ResourceNotFound",
    "ResourceNotFoundException",
}
# Errors of the machine: no space, a read-only disk, no more files or processes.
MACHINE: Final = NO_ROOM | {errno.EMFILE, errno.ENFILE, errno.ENOMEM, errno.EAGAIN}


def trouble(error: BaseException) -> Trouble:
    """Return what an error means; the cause of a TransientError decides for it."""
    if isinstance(error, PermanentError):  # whatever its cause, it is understood
        return Trouble.OWN
    for each in _causes(error):
        if isinstance(each, ClientError):
            return of_code(aws_codes.code(each.response), aws_codes.status(each.response))
        if isinstance(each, ParamValidationError):
            return Trouble.OWN
        # urllib3's own come through if a connection breaks, or its encryption does, in the middle of an answer's body
        if isinstance(each, (BotoCoreError, HTTPClientError, HTTPError)):
            return Trouble.PASSING
        if isinstance(each, OSError) and each.errno in MACHINE:
            return Trouble.LASTING
    return Trouble.PASSING if isinstance(error, (TransientError, ConnectionError, TimeoutError)) else Trouble.OWN


def of_code(code: str, status: int = 0) -> Trouble:
    """Return what the code of an answer means, or of one entry of a batch."""
    if code in PASSING or status >= 500 or status == 429:
        return Trouble.PASSING
    return Trouble.LASTING if code in LASTING else Trouble.OWN


def _causes(error: BaseException) -> Iterator[BaseException]:
    cause: BaseException | None = error
    while cause is not None:
        yield cause
        cause = cause.__cause__
