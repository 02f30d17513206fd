"""Whether the archive denies an image for good, or only because the permissions of a new deployment are not known yet.

IAM's changes take a while until they are known everywhere:
https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot.html#troubleshoot_general_eventual-consistency
"""

import time
from collections.abc import Callable
from typing import Final, TypeVar

from botocore.exceptions import ClientError

from runtime.contracts import aws_codes
from runtime.errors import PermanentError, TransientError

T = TypeVar("T")
# For so long a worker that has not read anything yet takes a denial for one that passes.
SECONDS: Final = 60.0


class Denials:
    """What a worker has been denied since it started. Threads may share it."""

    def __init__(self) -> None:
        self._until = time.monotonic() + SECONDS

    def judge(self, fetch: Callable[[], T]) -> T:
        """Return what `fetch` returns; raise TransientError instead of a denial that may pass."""
        try:
            fetched = fetch()
        except PermanentError as error:
            if time.monotonic() < self._until and _is_denial(error.__cause__):
                # without its cause, which would say that another worker may do better
                raise TransientError("the bucket of images denies what this new worker asks for") from None
            raise
        self._until = 0.0  # from now on a denial is one of the image
        return fetched


def _is_denial(cause: BaseException | None) -> bool:
    if not isinstance(cause, ClientError):
        return False
    # HEAD answers without a body, so botocore makes the code of the status
    return aws_codes.code(cause.response) in aws_codes.DENIED | {"403"}
