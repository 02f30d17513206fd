"""An image's file as it is stored: passed on piece by piece, whatever its size."""

from collections.abc import AsyncIterator
from typing import Any, Final

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from runtime.archive import Stored
from runtime.contracts.models import InputReference
from runtime.pacs.app_state import AppState
from runtime.pacs.http.conditional import KEEP, is_kept
from runtime.pacs.http.problems import PacsProblem, respond
from runtime.pacs.http.ranges import UnsatisfiableError, asked

MEDIA: Final = "application/dicom"
PIECE: Final = 256 << 10  # bytes of a file in memory, for each caller


async def original(request: Request, state: AppState, ref: InputReference, stored: Stored) -> Response:
    """Answer with the file, or with the range of its bytes that the caller asks for; 304 if the caller has it."""
    tag = f'"{stored.etag}"'
    headers = {"ETag": tag, "Cache-Control": KEEP, "Vary": "Accept", "Accept-Ranges": "bytes"}
    if is_kept(request, tag):
        return Response(status_code=304, headers=headers)
    try:
        span = asked(request, tag, stored.bytes)
    except UnsatisfiableError:
        fault = ("Range", f"begins beyond the file's {stored.bytes} bytes")
        answer = respond(PacsProblem("invalid_request", "The Range begins beyond the file's end.", [fault], 416))
        answer.headers["Content-Range"] = f"bytes */{stored.bytes}"
        return answer
    length = stored.bytes
    if span is not None:
        length = span.last - span.first + 1
        headers["Content-Range"] = f"bytes {span.first}-{span.last}/{stored.bytes}"
    headers["Content-Length"] = str(length)
    status = 200 if span is None else 206
    if request.method == "HEAD":
        return Response(status_code=status, headers=headers, media_type=MEDIA)
    body = await state.blocking(state.archive.open, ref, stored.key, span)
    return StreamingResponse(_pieces(state, body, length), status, headers, MEDIA)


async def _pieces(state: AppState, body: Any, length: int) -> AsyncIterator[bytes]:
    try:
        while length > 0 and (piece := await state.blocking(body.read, min(PIECE, length))):
            length -= len(piece)
            yield piece
    finally:
        body.close()  # a caller who has gone leaves the rest of it unread
