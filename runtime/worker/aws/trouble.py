"""What an error around a job means: the same call may work later, this worker cannot work, or neither."""

import errno
from collections.abc import Iterator
from enum import Enum, auto
from typing import Final

from botocore.exceptions import BotoCoreError, ClientError, HTTPClientError, ParamValidationError

from runtime.archive.refusals import RENEWING
from runtime.errors import NO_ROOM, PermanentError, TransientError


class Trouble(Enum):
    """How to go on after an error."""

    PASSING = auto()  # an outage, throttling, credentials that are being renewed: try again in place
    LASTING = auto()  # something that jobs need is missing or refused: another worker may have it
    OWN = auto()  # the job's, or a fault of the program


# Codes of answers below 500 that say "later". Sources: the services' pages of common errors, and botocore's
# retryhandler.py and standard.py.
PASSING: Final = RENEWING | {
    "BandwidthLimitExceeded",
    "ConditionalRequestConflict",
    "InternalError",
    "InternalFailure",
    "InternalServerError",
    "KMS.ThrottlingException",
    "KMSThrottling",
    "KmsThrottled",
    "LimitExceededException",
    "PriorRequestNotComplete",
    "ProvisionedThroughputExceeded",
    "ProvisionedThroughputExceededException",
    "RequestLimitExceeded",
    "RequestThrottled",
    "RequestThrottledException",
    "RequestTimeout",
    "RequestTimeoutException",
    "ServiceUnavailable",
    "SlowDown",
    "Throttled",
    "ThrottledException",
    "Throttling",
    "ThrottlingError",
    "ThrottlingException",
    "TooManyRequestsException",
    "TransactionConflict",
    "TransactionInProgressException",
    # Credentials and clocks as services other than S3 say it.
    "ExpiredTokenException",
    "IncompleteSignature",
    "InvalidClientTokenId",
    "UnrecognizedClientException",
}
LASTING: Final = {
    "AWS.SimpleQueueService.NonExistentQueue",
    "AccessDenied",
    "AccessDeniedException",
    "AuthorizationError",
    "AuthorizationErrorException",
    "InvalidBucketState",
    "KMS.AccessDeniedException",
    "KMS.DisabledException",
    "KMS.InvalidStateException",
    "KMS.NotFoundException",
    "KMSAccessDenied",
    "KMSDisabled",
    "KMSInvalidState",
    "KMSNotFound",
    "KMSOptInRequired",
    "NoSuchBucket",
    "NotFound",
    "NotFoundException",
    "OptInRequired",
    "QueueDoesNotExist",
    "ResourceNotFound",
    "ResourceNotFoundException",
}
# The machine's own: no space, read-only, no more files or processes.
MACHINE: Final = NO_ROOM | {errno.EMFILE, errno.ENFILE, errno.ENOMEM, errno.EAGAIN}


def trouble(error: BaseException) -> Trouble:
    """Return what an error means; what stands behind a TransientError decides for it."""
    if isinstance(error, PermanentError):  # whatever stands behind it, it was understood
        return Trouble.OWN
    for each in _causes(error):
        if isinstance(each, ClientError):
            status = int(each.response.get("ResponseMetadata", {}).get("HTTPStatusCode", 0))
            return of_code(str(each.response.get("Error", {}).get("Code", "")), status)
        if isinstance(each, ParamValidationError):
            return Trouble.OWN
        if isinstance(each, (BotoCoreError, HTTPClientError)):
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
    found: BaseException | None = error
    while found is not None:
        yield found
        found = found.__cause__
