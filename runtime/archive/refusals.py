"""What S3's refusals mean: the image is missing, the service may not read it, or the same call may work later."""

from typing import Final

from botocore.exceptions import ClientError

from runtime.contracts import aws_codes
from runtime.errors import ImagingError, PermanentError, TransientError

# Whatever their status, they do not say that the service may not read.
PASSING: Final = aws_codes.RENEWING | aws_codes.BUSY
ARCHIVED: Final = "InvalidObjectState"
NO_BUCKET: Final = "NoSuchBucket"
# S3's codes, with status 400, for an object whose KMS key cannot be used.
KEY: Final = {"KMS.DisabledException", "KMS.KMSInvalidStateException", "KMS.NotFoundException"}


def refusal(error: ClientError, bucket: str, absent: str = "") -> ImagingError:
    """Return what to raise for S3's answer; `absent` is the sentence for a missing object."""
    code = aws_codes.code(error.response)
    status = aws_codes.status(error.response)
    if code in aws_codes.NO_SUCH_KEY and absent:
        return PermanentError("input_not_found", absent)
    if code == NO_BUCKET:
        # the operator's mistake: jobs are tried again until their attempts are used up
        return TransientError(f"{NO_BUCKET}: there is no bucket {bucket}; pacsBucket must name the PACS bucket")
    if code == ARCHIVED:
        return PermanentError(
            "input_forbidden", f"The object is archived; the operator of the bucket {bucket} must restore it first."
        )
    if code in KEY or (status == 403 and code not in PASSING):
        return PermanentError(
            "input_forbidden",
            f"The bucket {bucket} does not let this service read the image, or the image is missing and the "
            "service may not list the bucket; the bucket's operator must allow s3:ListBucket and s3:GetObject, and "
            "kms:Decrypt if a KMS key encrypts it.",
        )
    return TransientError("the bucket of images does not answer")


def refusal_to_store(error: ClientError, bucket: str) -> ImagingError:
    """Return what to raise for S3's answer to a call that stores an image, or compares one with what is stored."""
    status = aws_codes.status(error.response)
    code = aws_codes.code(error.response)
    if code in KEY or (status == 403 and code not in PASSING):
        return PermanentError(
            "input_forbidden",
            f"The bucket {bucket} does not let this service store images; the bucket's operator must allow "
            "s3:PutObject and s3:GetObject, and kms:GenerateDataKey and kms:Decrypt if a KMS key encrypts it.",
        )
    return refusal(error, bucket)
