"""AWS's names for what went wrong, as `botocore.exceptions.ClientError` has them in its `response`."""

from collections.abc import Mapping
from typing import Any, Final

CONDITION_FAILED: Final = "ConditionalCheckFailedException"
# HEAD answers without a body, so botocore makes the code of the status.
NO_SUCH_KEY: Final = frozenset({"NoSuchKey", "NotFound", "404"})
NO_SUCH_QUEUE: Final = frozenset({"QueueDoesNotExist", "AWS.SimpleQueueService.NonExistentQueue"})
NO_SUCH_SUBSCRIPTION: Final = "NotFound"
# What a statement of a batch or an action of a transaction says in place of the codes of a whole call.
THROTTLED: Final = frozenset({"ProvisionedThroughputExceeded", "RequestLimitExceeded", "ThrottlingError"})
# Codes of answers below HTTP 500 that mean "later", also because what was sent was damaged on its way. Sources: the
# pages "Common errors" of the AWS services, S3's "Error responses", and botocore's retryhandler.py and standard.py.
BUSY: Final = THROTTLED | {
    "BadDigest",
    "BandwidthLimitExceeded",
    "ConditionalRequestConflict",
    "IncompleteBody",
    "InternalError",
    "InternalFailure",
    "InternalServerError",
    "KMS.ThrottlingException",
    "KMSThrottling",
    "KMSThrottlingException",
    "KmsThrottled",
    "LimitExceededException",
    "OperationAborted",
    "OverLimit",
    "PriorRequestNotComplete",
    "ProvisionedThroughputExceededException",
    "RequestThrottled",
    "RequestThrottledException",
    "RequestTimeout",
    "RequestTimeoutException",
    "ServiceUnavailable",
    "SlowDown",
    "Throttled",
    "ThrottledException",
    "Throttling",
    "ThrottlingException",
    "TooManyRequestsException",
    "TransactionConflict",
    "TransactionConflictException",
    "TransactionInProgressException",
    "XAmzContentChecksumMismatch",
    "XAmzContentSHA256Mismatch",
}
# The credentials are being renewed, or the machine's clock is wrong; S3's names, and those of the other services.
RENEWING: Final = frozenset(
    {
        "ExpiredToken",
        "ExpiredTokenException",
        "IncompleteSignature",
        "InvalidAccessKeyId",
        "InvalidClientTokenId",
        "InvalidSignatureException",
        "InvalidToken",
        "RequestExpired",
        "RequestTimeTooSkewed",
        "SignatureDoesNotMatch",
        "TokenRefreshRequired",
        "UnrecognizedClientException",
    }
)
# A permission or a key is missing: for good, or for the moments in which a deployment's changes become known:
# https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot.html#troubleshoot_general_eventual-consistency
DENIED: Final = frozenset(
    {
        "AccessDenied",
        "AccessDeniedException",
        "AuthorizationError",
        "AuthorizationErrorException",
        "KMS.AccessDeniedException",
        "KMS.DisabledException",
        "KMS.InvalidStateException",
        "KMS.NotFoundException",
        "KMSAccessDenied",
        "KMSDisabled",
        "KMSInvalidState",
        "KMSNotFound",
        "KMSOptInRequired",
        # SQS's own names for the same: botocore's service-2.json of SQS
        "KmsAccessDenied",
        "KmsDisabled",
        "KmsInvalidKeyUsage",
        "KmsInvalidState",
        "KmsNotFound",
        "KmsOptInRequired",
        "OptInRequired",
    }
)


def code(response: Mapping[str, Any]) -> str:
    """Return the code of an error's response, empty if it has none."""
    return str(response.get("Error", {}).get("Code", ""))


def status(response: Mapping[str, Any]) -> int:
    """Return the HTTP status of an error's response, 0 if it has none."""
    return int(response.get("ResponseMetadata", {}).get("HTTPStatusCode", 0))
