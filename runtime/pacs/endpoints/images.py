"""An image, a series or a study as a picture, and an image as it is stored."""

import re
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from runtime.archive import Stored
from runtime.contracts.models import InputReference
from runtime.pacs.app_state import AppState, of
from runtime.pacs.decoding import preview
from runtime.pacs.decoding.files import version
from runtime.pacs.endpoints.original import MEDIA as ORIGINAL
from runtime.pacs.endpoints.original import original
from runtime.pacs.endpoints.pixels import from_file
from runtime.pacs.http import query
from runtime.pacs.http.accept import choose
from runtime.pacs.http.conditional import conditional, has_a_version, wants_fresh
from runtime.pacs.http.fields import field
from runtime.pacs.http.problems import PacsProblem

PNG = "image/png"
RENDERING = "7"  # raise it whenever the same file gives other bytes of a picture
STUDY_SERIES_MOST = 100
AT_ONCE_BYTES = 64 << 10  # of a frame that is shown in less time than another thread takes to begin


async def image(request: Request) -> Response:
    """GET /studies/{study_id}/series/{series_id}/images/{image_id}."""
    view = query.view(request)
    media = choose(field(request, b"accept"), (PNG, ORIGINAL))
    if media is None:
        raise PacsProblem("not_acceptable", f"Accept {PNG} or, with scope=image, {ORIGINAL}.")
    if media == ORIGINAL and view.scope != "image":
        raise PacsProblem("not_acceptable", f"{ORIGINAL} is one file: ask for each image with scope=image.")
    state, ref = of(request), query.reference(request, view.scope)
    # A file's size and bytes must be of one version of it.
    fresh = media == ORIGINAL or wants_fresh(request)
    objects = await state.objects(ref, fresh=fresh, read=media == PNG and not has_a_version(request))
    if media == ORIGINAL:
        return await original(request, state, ref, objects[0])
    if view.scope == "study":
        objects = _middles(state, objects)
    elif len(objects) > preview.PLANES_MOST:
        objects = preview.evenly(sorted(objects, key=natural), preview.PLANES_MOST)
    identity = repr((RENDERING, *view, *((stored.key, stored.etag) for stored in objects)))
    etag = sha256(identity.encode()).hexdigest()[:32]
    return await conditional(request, etag, PNG, lambda: _picture(state, ref, objects, view, etag))


async def _picture(
    state: AppState, ref: InputReference, objects: Sequence[Stored], view: query.View, etag: str
) -> bytes:
    kept = state.pictures.get(etag)
    if kept is not None:
        return kept
    shown = f"{version(objects[0])}\n{view.frame or 1}"
    if view.scope == "image" and (small := state.frames.get(shown)) is not None:
        if small.values.nbytes <= AT_ONCE_BYTES:
            return preview.shown_as(small, view.window, view.size)  # it would drive out pictures that take long to make
        picture = await state.blocking(preview.shown_as, small, view.window, view.size)
        state.pictures.put(etag, picture)
        return picture
    if view.scope == "image":
        asked = (view.frame, view.window, view.size, version(objects[0]))
        picture, small = await from_file(state, ref, objects[0], preview.image_and_frame, *asked)
        if small is not None:
            state.frames.put(shown, small)
    else:
        picture = await state.shared.run(etag, lambda: _mosaic(state, ref, objects, view))
    state.pictures.put(etag, picture)
    return picture


async def _mosaic(state: AppState, ref: InputReference, objects: Sequence[Stored], view: query.View) -> bytes:
    async with state.pool:
        with TemporaryDirectory(prefix="imaging-pacs-") as folder:
            keys = [stored.key for stored in objects]
            paths = await state.blocking(state.archive.download, ref, keys, Path(folder))
            mosaic = preview.series if view.scope == "series" else preview.study
            return await state.pool.run(mosaic, paths, view.window, view.size)


def _middles(state: AppState, objects: Sequence[Stored]) -> list[Stored]:
    """Return the middle object of each series by the order of the keys: reading every header would take too long."""
    series: dict[str, list[Stored]] = {}
    for stored in objects:
        address = state.archive.pattern.parse(stored.key)
        series.setdefault(address.series_id if address else "", []).append(stored)
    middles = [sorted(some, key=natural)[len(some) // 2] for some in series.values()]
    return preview.evenly(middles, STUDY_SERIES_MOST)


def natural(stored: Stored) -> list[Any]:
    """Order "10" after "9", as people who number files mean it."""
    return [(0, int(part), "") if part.isdigit() else (1, 0, part) for part in re.split(r"([0-9]+)", stored.key)]
