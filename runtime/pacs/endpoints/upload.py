"""DICOM files from a caller into the bucket: DICOMweb's Store transaction (PS3.18 10.5), each file on its own."""

from typing import Final

from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response

from runtime.pacs.app_state import of
from runtime.pacs.endpoints.receive import BODY_BYTES, DICOM, stored, too_large
from runtime.pacs.http.accept import choose
from runtime.pacs.http.access_log import ABANDONED
from runtime.pacs.http.answers_stored import Uploaded, module, status
from runtime.pacs.http.multipart import Multipart, MultipartError, content_type
from runtime.pacs.http.problems import PacsProblem

JSON: Final = "application/json"
DICOM_JSON: Final = "application/dicom+json"


async def upload(request: Request) -> Response:
    """POST /studies: store the instances of a multipart/related body; nothing in the bucket is ever replaced."""
    boundary = _boundary(request)
    media = choose(request.headers.get("accept", "*/*"), (DICOM_JSON, JSON))
    if media is None:
        raise PacsProblem("not_acceptable", f"The answer is {DICOM_JSON} or {JSON}.")
    state = of(request)
    if state.uploads.locked():
        raise PacsProblem("unavailable", "Too many uploads are under way; try again in a moment.")
    async with state.uploads:
        try:
            outcomes = await stored(state, request, Multipart(boundary))
        except MultipartError as error:
            raise PacsProblem("bad_request", str(error)) from error
        except ClientDisconnect:
            return Response(status_code=ABANDONED)  # nobody reads it: for the log
    if not outcomes:
        raise PacsProblem("bad_request", "The body has no part.")
    instances = [each.instance for each in outcomes]
    content = module(outcomes) if media == DICOM_JSON else Uploaded(instances=tuple(instances)).model_dump()
    return JSONResponse(content, status(instances), {"Cache-Control": "no-store", "Vary": "Accept"}, media)


def _boundary(request: Request) -> str:
    media, parameters = content_type(request.headers.get("content-type", ""))
    if media != "multipart/related" or parameters.get("type", DICOM).lower() != DICOM:
        raise PacsProblem("bad_request", f'Send multipart/related; type="{DICOM}"; boundary=...', status=415)
    if request.headers.get("content-encoding", "identity").lower() != "identity":
        raise PacsProblem("bad_request", "Send the body as it is, without a Content-Encoding.", status=415)
    length = request.headers.get("content-length", "0")
    if length.isdecimal() and int(length) > BODY_BYTES:
        raise too_large()
    return parameters.get("boundary", "")
