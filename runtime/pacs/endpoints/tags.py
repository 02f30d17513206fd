"""The elements of an image's header, for a list that people search."""

from functools import partial

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from runtime.pacs.app_state import of
from runtime.pacs.decoding.headers import header
from runtime.pacs.decoding.tags import tags_of
from runtime.pacs.http import query


async def tags(request: Request) -> Response:
    """GET .../images/{image_id}/tags. A browser does not keep the answer: it may name the patient."""
    query.Reader(request, ()).finish()
    state, ref = of(request), query.reference(request, "image")
    stored = (await state.blocking(state.archive.objects, ref))[0]
    found, more = await state.blocking(header, state.archive, ref, stored, partial(state.parse, tags_of))
    return JSONResponse({"tags": found, "more": more}, headers={"Cache-Control": "private, no-store"})
