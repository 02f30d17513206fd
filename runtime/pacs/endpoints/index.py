"""The index: studies, a study's series, a series' images, page by page, with what their headers say."""

import asyncio
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from runtime.archive import Entry, Page
from runtime.contracts.models import InputReference
from runtime.errors import PermanentError
from runtime.pacs.app_state import AppState, of
from runtime.pacs.endpoints.studies import study
from runtime.pacs.http import query
from runtime.pacs.http.problems import unfit
from runtime.pacs.http.search import search

SERIES = ("modality", "series_description", "series_number", "body_part", "study_date", "rows", "columns", "frames")
IMAGE = ("instance_number", "rows", "columns", "frames")
HEADERS = {"Cache-Control": "private, max-age=10"}
NO_STORE = {"Cache-Control": "private, no-store"}  # it names patients


async def studies(request: Request) -> Response:
    """GET /studies: a page of the bucket's studies; a search keeps those that match."""
    state, wanted = of(request), search(request)
    page = await _page(request)
    rows = await asyncio.gather(*(state.blocking(study, state, entry.id, wanted) for entry in page.entries))
    return _answer("studies", rows, page, NO_STORE if state.settings.patient_columns else HEADERS)


async def series(request: Request) -> Response:
    """GET /studies/{study_id}/series."""
    state, ids = of(request), query.path(request)
    page = await _page(request, **ids)
    rows = await asyncio.gather(*(state.blocking(_series, state, ids["study_id"], e.id) for e in page.entries))
    if not rows and "cursor" not in request.query_params:
        raise PermanentError("input_not_found", f"The PACS has no study {ids['study_id']}.")
    return _answer("series", rows, page)


async def images(request: Request) -> Response:
    """GET /studies/{study_id}/series/{series_id}/images."""
    state, ids = of(request), query.path(request)
    page = await _page(request, **ids)
    if not page.entries and "cursor" not in request.query_params:
        raise PermanentError(
            "input_not_found", f"The PACS has no series {ids['series_id']} in study {ids['study_id']}."
        )
    rows = await asyncio.gather(*(state.blocking(_image, state, ids, entry) for entry in page.entries))
    return _answer("images", rows, page)


async def _page(request: Request, **ids: str) -> Page:
    limit, cursor = query.page(request)
    state = of(request)
    try:
        return await state.blocking(state.archive.index, **ids, limit=limit, cursor=cursor)
    except ValueError as error:
        raise unfit([query.NOT_A_CURSOR]) from error


def _answer(name: str, rows: list[dict[str, Any] | None], page: Page, headers: dict[str, str] = HEADERS) -> Response:
    return JSONResponse({name: [row for row in rows if row], "next": page.cursor}, headers=headers)


def _series(state: AppState, study_id: str, series_id: str) -> dict[str, Any] | None:
    ref = InputReference(study_id=study_id, series_id=series_id, image_id=None, scope="series")
    try:
        objects = state.archive.objects(ref)
    except PermanentError as error:
        if error.code != "input_not_found":
            raise
        return None  # other objects only
    attributes = state.attributes.of(ref, objects[0])
    middle = state.archive.pattern.parse(objects[len(objects) // 2].key)
    return {
        "series_id": series_id,
        "images": len(objects),
        "middle_image_id": middle.image_id if middle else "",
        **{name: attributes[name] for name in SERIES},
    }


def _image(state: AppState, ids: dict[str, str], entry: Entry) -> dict[str, Any] | None:
    if entry.stored is None:
        return None
    attributes = state.attributes.of(
        InputReference(study_id=ids["study_id"], series_id=ids["series_id"], image_id=entry.id), entry.stored
    )
    return {"image_id": entry.id, "bytes": entry.stored.bytes, **{name: attributes[name] for name in IMAGE}}
