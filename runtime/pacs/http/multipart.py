"""Reads a multipart body (RFC 2046, 5.1) as it comes, piece by piece: neither the body nor a part is held in memory.

DICOMweb sends multipart/related (RFC 2387). Starlette's own reader and the package `multipart` (2.0) take forms alone,
multipart/form-data; `python-multipart` (0.0.34) refuses a text before the first boundary, which RFC 2046 allows.
"""

import re
from collections.abc import Iterator, Mapping
from email.message import Message
from typing import Any, Final

HEADERS_MOST: Final = 8 << 10  # bytes of a part's headers, and of what stands before the first part
BOUNDARY: Final = re.compile(r"[0-9A-Za-z'()+_,\-./:=? ]{0,69}[0-9A-Za-z'()+_,\-./:=?]")


class MultipartError(ValueError):
    """A body that is not what its Content-Type says; the message says why, and quotes nothing of it."""


class Part(dict[str, str]):
    """The headers of a part, their names in lower case; it begins the part."""


class End:
    """Ends a part."""


def content_type(value: str) -> tuple[str, Mapping[str, str]]:
    """Return the media type of a Content-Type header in lower case, and its parameters."""
    message = Message()
    message["Content-Type"] = value.replace("\r", " ").replace("\n", " ")
    found: list[tuple[str, Any]] = message.get_params(failobj=[])[1:]
    # RFC 2231's encoded values come as tuples; no sender of DICOM has any
    parameters = {name.lower(): text for name, text in found if isinstance(text, str)}
    return message.get_content_type() if "/" in value else "", parameters


class Multipart:
    """A reader of one body; `feed` it the body's pieces, then `finish`."""

    def __init__(self, boundary: str) -> None:
        """Raises MultipartError for an invalid boundary."""
        if not BOUNDARY.fullmatch(boundary):
            raise MultipartError("The boundary of the body is missing or invalid.")
        self._delimiter = b"\r\n--" + boundary.encode("ascii")
        self._kept = bytearray(b"\r\n")  # the first delimiter may begin the body
        self._step = self._before
        self._ended = False

    def feed(self, piece: bytes) -> Iterator[Part | bytes | End]:
        """Yield what the piece completes: for each part a Part, its content as bytes, and an End."""
        if self._ended:
            return  # RFC 2046 lets text follow, which is ignored
        self._kept += piece
        more = True
        while more and not self._ended:
            more = False
            for event in self._step():
                more = True
                if event is not None:
                    yield event

    def finish(self) -> None:
        """Raise MultipartError if the last part did not end."""
        if not self._ended:
            raise MultipartError("The body ends before its last boundary: it was cut off.")

    def _before(self) -> Iterator[None]:
        at = self._kept.find(self._delimiter)
        if at < 0 and len(self._kept) > HEADERS_MOST:
            raise MultipartError("The body does not begin with its boundary.")
        if at >= 0:
            del self._kept[: at + len(self._delimiter)]
            self._step = self._after_delimiter
            yield None

    def _after_delimiter(self) -> Iterator[Part | None]:
        if len(self._kept) < 2:
            return
        if self._kept.startswith(b"--"):
            self._ended = True
            return
        at = self._kept.find(b"\r\n\r\n")
        if (len(self._kept) if at < 0 else at) > HEADERS_MOST:
            raise MultipartError(f"The headers of a part are longer than {HEADERS_MOST} bytes.")
        if at >= 0:
            headers = _headers(bytes(self._kept[:at]))
            del self._kept[: at + 4]
            # a part may be empty: then the delimiter's line break is the one that ends the headers
            self._kept[:0] = b"\r\n" if self._kept.startswith(self._delimiter[2:]) else b""
            self._step = self._content
            yield headers

    def _content(self) -> Iterator[bytes | End]:
        at = self._kept.find(self._delimiter)
        sure = at if at >= 0 else len(self._kept) - len(self._delimiter) + 1
        if sure > 0:
            content = bytes(self._kept[:sure])
            del self._kept[:sure]
            yield content
        if at >= 0:
            del self._kept[: len(self._delimiter)]
            self._step = self._after_delimiter
            yield End()


def _headers(lines: bytes) -> Part:
    """Return the headers of a part; the first line is what follows the delimiter, which must be white space."""
    first, *rest = lines.split(b"\r\n")
    if first.strip(b" \t"):
        raise MultipartError("A boundary of the body is followed by something else.")
    headers = Part()
    for line in rest:
        name, colon, value = line.decode("latin-1").partition(":")
        if not colon or not name.strip() or name != name.strip():
            raise MultipartError("A header of a part is malformed.")
        headers[name.lower()] = value.strip()
    return headers
