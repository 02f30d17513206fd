"""AWS's names for what went wrong, as `botocore.exceptions.ClientError` has them in its `response`."""

from collections.abc import Mapping
from typing import Any, Final

CONDITION_FAILED: Final = "ConditionalCheckFailedException"
# HEAD answers without a body, so botocore makes the code of the status.
NO_SUCH_KEY: Final = frozenset({"NoSuchKey", "NotFound", "404"})
NO_SUCH_QUEUE: Final = frozenset({"QueueDoesNotExist", "AWS.SimpleQueueService.NonExistentQueue"})
NO_SUCH_SUBSCRIPTION: Final = "NotFound"


def code(response: Mapping[str, Any]) -> str:
    """Return the code of an error's response, empty if it has none."""
    return str(response.get("Error", {}).get("Code", ""))
