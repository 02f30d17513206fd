"""What a client acknowledges with: its own id, the job's and SQS's handle, in characters that a query string takes."""

import base64
import binascii
import re
from typing import Final, NamedTuple

from runtime.contracts import keys
from runtime.handlers.problem import Problem

# SQS deletes this many messages in one call.
MOST: Final = 10
_RECEIPT: Final = re.compile(rf"({keys.CLIENT_ID_PATTERN})\.({keys.JOB_ID_PATTERN})\.([A-Za-z0-9_-]+)")


class Receipt(NamedTuple):
    """One delivered result."""

    job_id: str
    handle: str


def write(client_id: str, job_id: str, handle: str) -> str:
    """Return the receipt of one delivery."""
    return f"{client_id}.{job_id}.{base64.urlsafe_b64encode(handle.encode()).decode().rstrip('=')}"


def read(client_id: str, text: str) -> list[Receipt]:
    """Return the receipts that `text` lists, separated by commas, each once; raise a Problem if one is another's.

    API Gateway joins a parameter that is repeated in the same way.
    """
    return list(dict.fromkeys(_one(client_id, each) for each in text.split(",")))


def _one(client_id: str, text: str) -> Receipt:
    parts = _RECEIPT.fullmatch(text)
    if parts is None or parts[1] != client_id:
        raise Problem("forbidden", "This is not one of your receipts.")
    try:
        return Receipt(parts[2], base64.urlsafe_b64decode(parts[3] + "=" * (-len(parts[3]) % 4)).decode())
    except (binascii.Error, UnicodeDecodeError) as error:
        raise Problem("forbidden", "This is not one of your receipts.") from error
