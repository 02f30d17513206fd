"""A series as the stack that a viewer scrolls through: every header, no pixels."""

import asyncio
from functools import partial
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from runtime.archive import Stored
from runtime.contracts.models import InputReference
from runtime.dicom.geometry.planes.plane import Plane
from runtime.dicom.geometry.series.volumes import volumes_of
from runtime.dicom.geometry.stack import good_for, irregularity_of, measured_spacing, order
from runtime.errors import PermanentError
from runtime.pacs.app_state import AppState, of
from runtime.pacs.decoding.headers import Summary, header, is_of_content, summary_of
from runtime.pacs.http import query
from runtime.pacs.http.conditional import KEEP

NAMES = ("series_description", "study_description", "body_part")


async def stack(request: Request) -> Response:
    """GET /studies/{study_id}/series/{series_id}/stack."""
    query.Reader(request, ()).finish()
    state, ref = of(request), query.reference(request, "series")
    objects = await state.blocking(state.archive.objects, ref)
    read = await asyncio.gather(*(state.blocking(_header, state, ref, stored) for stored in objects))
    about = await state.blocking(state.attributes.of, ref, objects[0])
    answer = await state.blocking(_answer, state, objects, read, about)
    return JSONResponse(answer, headers={"Cache-Control": KEEP})


def _answer(
    state: AppState, objects: list[Stored], read: list[Summary | PermanentError | str], about: dict[str, Any]
) -> dict[str, Any]:
    """Return the stack of the files that can be shown, with the reasons why others cannot."""
    ids = [state.archive.pattern.parse(stored.key) for stored in objects]
    named = [(address.image_id if address else "", found) for address, found in zip(ids, read, strict=True)]
    errors = [(image_id, found) for image_id, found in named if isinstance(found, PermanentError)]
    refused = [{"image_id": image_id, "code": error.code, "reason": error.message} for image_id, error in errors]
    pictured = [(image_id, *found) for image_id, found in named if isinstance(found, tuple)]
    if not pictured:
        nothing = PermanentError("input_unreadable", "The series holds no image, only DICOM objects without pixels.")
        first = errors[0][1] if errors else nothing
        raise PermanentError(first.code, first.message)  # the kept one would gather a traceback at each call
    planes = [plane for _, _, some in pictured for plane in some]
    places = [(image, frame) for image, (_, _, some) in enumerate(pictured) for frame in range(len(some))]
    ordered = order(planes)
    why = irregularity_of(planes) or ((refused[0]["code"], refused[0]["reason"]) if refused else None)
    return {
        "modality": pictured[0][1]["modality"],
        **{name: about[name] for name in NAMES},
        "images": [{"image_id": image_id, **summary} for image_id, summary, _ in pictured],
        "order": [places[place] for place in ordered],
        "spacing": measured_spacing([planes[place] for place in ordered]),
        "not_a_volume": why and why[1],
        "not_a_volume_code": why and why[0],
        "good_for": [] if refused else _good_for(planes, pictured),  # a file that cannot be read ends a job
        "volumes": [
            {
                "id": volume.id,
                "distinction": volume.distinction,
                "order": [places[place] for place in volume.places],
                "spacing": measured_spacing([planes[place] for place in volume.places]),
            }
            for volume in volumes_of(planes)
        ],
        "refused": refused,
    }


def _good_for(planes: list[Plane], pictured: list[tuple[str, dict[str, Any], list[Plane]]]) -> list[str]:
    found = good_for(planes)
    colours = any(summary["samples"] == 3 for _, summary, _ in pictured)
    # colours are not interpolated between planes
    return [needs for needs in found if needs != "resampled" or "regular" in found or not colours]


def _header(state: AppState, ref: InputReference, stored: Stored) -> Summary | PermanentError | str:
    """Return what one file's header says, why it cannot be shown, or "" for a file that is not an image."""
    name = f"{stored.key}\n{stored.etag}"
    kept = state.headers.get(name)
    if kept is None:
        try:
            kept = header(state.archive, ref, stored, partial(state.parse, summary_of))
        except PermanentError as error:
            if not is_of_content(error):
                raise
            kept = PermanentError(error.code, error.message)
        state.headers.put(name, kept)
    return kept
