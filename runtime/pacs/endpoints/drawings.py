"""What a viewer draws over images: a file's overlay planes, and the segments of a segmentation."""

from functools import partial

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from runtime.pacs.app_state import of
from runtime.pacs.decoding import drawings
from runtime.pacs.decoding.headers import header
from runtime.pacs.endpoints.pixels import from_file
from runtime.pacs.http import query
from runtime.pacs.http.conditional import KEEP, wants_fresh


async def overlays(request: Request) -> Response:
    """GET .../images/{image_id}/overlays?frame=."""
    reader = query.Reader(request, ("frame",))
    frame = reader.whole("frame", 1, query.FRAME_MOST)
    reader.finish()
    state, ref = of(request), query.reference(request, "image")
    stored = (await state.objects(ref, fresh=wants_fresh(request)))[0]
    found = await from_file(state, ref, stored, drawings.overlays, frame)
    return JSONResponse(found, headers={"Cache-Control": KEEP})


async def segments(request: Request) -> Response:
    """GET .../images/{image_id}/segments: of a segmentation, whose values `/pixels` gives frame by frame."""
    query.Reader(request, ()).finish()
    state, ref = of(request), query.reference(request, "image")
    stored = (await state.blocking(state.archive.objects, ref))[0]
    found = await state.blocking(header, state.archive, ref, stored, partial(state.parse, drawings.segments_of))
    return JSONResponse(found, headers={"Cache-Control": KEEP})
