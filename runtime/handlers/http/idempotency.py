"""The `Idempotency-Key` header: kept as its SHA-256, so that the table does not reveal the key."""

import re
from typing import Final

from runtime.contracts import headers
from runtime.handlers.http.auth import digest
from runtime.handlers.http.exchange import Request
from runtime.handlers.problem import Problem

_VISIBLE: Final = re.compile(r"[!-~]{1,128}")


def read_key(request: Request, least: int) -> str | None:
    """Return the key's SHA-256, None if there is no key; raise a Problem if it has fewer than `least` characters."""
    key = request.headers.get(headers.IDEMPOTENCY_HEADER)
    if key is None:
        return None
    if not _VISIBLE.fullmatch(key) or len(key) < least:
        raise Problem("bad_request", f"An Idempotency-Key has {least} to 128 visible ASCII characters.")
    return digest(key)
