"""What a viewer in a browser needs: an image's values without loss, and their meaning."""

import gzip
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, TypeVar

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from runtime.archive import Stored
from runtime.contracts.models import InputReference
from runtime.pacs.app_state import AppState, of
from runtime.pacs.decoding import values
from runtime.pacs.decoding.files import version
from runtime.pacs.http import query
from runtime.pacs.http.accept import takes_gzip
from runtime.pacs.http.conditional import KEEP, conditional, has_a_version, wants_fresh
from runtime.pacs.http.fields import field

T = TypeVar("T")


async def pixels(request: Request) -> Response:
    """GET .../images/{image_id}/pixels?frame=: little-endian values, row by row, gzip if the caller accepts it."""
    reader = query.Reader(request, ("frame",))
    frame = reader.whole("frame", 1, query.FRAME_MOST)
    reader.finish()
    state, ref = of(request), query.reference(request, "image")
    stored = (await state.objects(ref, fresh=wants_fresh(request), read=not has_a_version(request)))[0]
    zipped = takes_gzip(field(request, b"accept-encoding"))
    etag = sha256(repr(("pixels4", stored.key, stored.etag, frame, zipped)).encode()).hexdigest()[:32]

    async def make() -> bytes:
        kept = state.pictures.get(etag)
        if kept is None:
            kept = await from_file(state, ref, stored, _frame, frame, zipped)
            state.pictures.put(etag, kept)
        return kept

    headers = {"Vary": "Accept-Encoding", **({"Content-Encoding": "gzip"} if zipped else {})}
    return await conditional(request, etag, "application/octet-stream", make, headers)


async def metadata(request: Request) -> Response:
    """GET .../images/{image_id}/metadata."""
    query.Reader(request, ()).finish()
    state, ref = of(request), query.reference(request, "image")
    stored = (await state.objects(ref, fresh=wants_fresh(request), read=True))[0]
    summary = await from_file(state, ref, stored, values.summary)
    return JSONResponse(summary, headers={"Cache-Control": KEEP})


def _frame(file: Path | bytes, frame: int | None, zipped: bool) -> bytes:
    content = values.frame_values(file, frame)
    return gzip.compress(content, compresslevel=1) if zipped else content


async def from_file(state: AppState, ref: InputReference, stored: Stored, function: Callable[..., T], *args: Any) -> T:
    """Return what a function makes of an object's file, in a decoding process; of a small one it is given the bytes.

    Calls that ask for the same at the same time share the work. Raises as `Files.fetch` and `Pool.run` do.
    """
    name = (function, version(stored), args)
    return await state.shared.run(name, lambda: _made(state, ref, stored, function, *args))


async def _made(state: AppState, ref: InputReference, stored: Stored, function: Callable[..., T], *args: Any) -> T:
    async with state.pool:
        content = state.files.small(stored)
        if content is not None:
            return await state.pool.run(function, content, *args)
        with TemporaryDirectory(prefix="imaging-pacs-") as folder:
            path = await state.blocking(state.files.fetch, ref, stored, Path(folder))
            return await state.pool.run(function, path, *args)
