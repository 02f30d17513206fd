"""The part of a file that a caller asks for (RFC 9110, 14): one range of bytes, or all of it."""

import re
from typing import Final, NamedTuple

from starlette.requests import Request

RANGE: Final = re.compile(
    r"bytes=(?:([0-9]{1,18})-([0-9]{0,18})|-([0-9]{1,18}))", re.IGNORECASE
)  # 14.1: units in any case


class Span(NamedTuple):
    """The first and the last byte of a part, both included."""

    first: int
    last: int


class UnsatisfiableError(Exception):
    """No byte of the file is in the range."""


def asked(request: Request, tag: str, size: int) -> Span | None:
    """Return the part of a file of `size` bytes that a call asks for; None for all of it. Raises UnsatisfiableError.

    Several ranges, another unit and what is no range are ignored, as is a range of another version of the file than
    `tag` (If-Range): the answer then is the whole file, which RFC 9110 allows.
    """
    found = RANGE.fullmatch(request.headers.get("range", "").strip())
    if found is None or request.method != "GET" or request.headers.get("if-range", tag) != tag:
        return None
    first, last, suffix = found.groups()
    if first is None:
        if not int(suffix) or not size:
            raise UnsatisfiableError
        return Span(max(0, size - int(suffix)), size - 1)
    if last and int(last) < int(first):
        return None  # no valid range
    if int(first) >= size:
        raise UnsatisfiableError
    return Span(int(first), min(int(last), size - 1) if last else size - 1)
