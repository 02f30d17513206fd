"""A series as the stack that a viewer scrolls through: every header, no pixels."""

import asyncio
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from runtime.archive import Stored
from runtime.contracts.models import InputReference
from runtime.dicom.decode import load
from runtime.dicom.planes import Plane, describe
from runtime.dicom.stack import order
from runtime.errors import PermanentError
from runtime.pacs import query
from runtime.pacs.attributes import HEADER_BYTES
from runtime.pacs.conditional import KEEP
from runtime.pacs.service import Service, of
from runtime.pacs.values import summarise

Header = tuple[dict[str, Any], list[Plane]]
NAMES = ("series_description", "study_description", "body_part")


async def stack(request: Request) -> Response:
    """GET /studies/{study_id}/series/{series_id}/stack."""
    query.Reader(request, ()).finish()
    service, ref = of(request), query.reference(request, "series")
    objects = await service.blocking(service.archive.objects, ref)
    read = await asyncio.gather(*(service.blocking(_header, service, ref, stored) for stored in objects))
    pictured = [found for found in read if found is not None]
    if not pictured:
        raise PermanentError("input_unreadable", "The series holds no image, only DICOM objects without pixels.")
    planes = [plane for _, some in pictured for plane in some]
    places = [(image, frame) for image, (_, some) in enumerate(pictured) for frame in range(len(some))]
    about = await service.blocking(service.attributes.of, ref, objects[0])
    answer = {
        "modality": pictured[0][0]["modality"],
        **{name: about[name] for name in NAMES},
        "images": [summary for summary, _ in pictured],
        "order": [places[place] for place in order(planes)],
    }
    return JSONResponse(answer, headers={"Cache-Control": KEEP})


def _header(service: Service, ref: InputReference, stored: Stored) -> Header | None:
    """Return what one file's header says, or None for a file that is no image."""
    name = f"{stored.key}\n{stored.etag}"
    kept = service.headers.get(name)
    if kept is None:
        kept = _read(service, ref, stored)
        service.headers.put(name, kept)
    return kept or None


def _read(service: Service, ref: InputReference, stored: Stored) -> Header | tuple[()]:
    address = service.archive.pattern.parse(stored.key)
    for limit in (HEADER_BYTES, None):
        try:
            header = load(service.archive.read(ref, stored.key, limit), header_only=True)
        except PermanentError as error:
            if error.code != "input_unreadable":
                raise
            continue
        # BitsAllocated comes near the end of what is needed: a header without it was cut.
        if "BitsAllocated" not in header and limit is not None and stored.bytes > limit:
            continue
        if not header.get("Rows") or not header.get("Columns") or address is None:
            return ()
        return {"image_id": address.image_id, **summarise(header)}, describe(header)
    return ()
