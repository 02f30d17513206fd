"""One frame's values, and what a viewer must know to show them. Runs in the decoding processes."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from runtime.dicom.geometry.planes.plane import Plane
from runtime.dicom.geometry.planes.planes import describe
from runtime.dicom.geometry.planes.regions import regions
from runtime.dicom.parse.guard import reading
from runtime.dicom.parse.load import load
from runtime.dicom.parse.texts import text
from runtime.dicom.pixels.decode import Array, decode
from runtime.dicom.pixels.layout import Layout
from runtime.dicom.pixels.read_layout import layout
from runtime.dicom.show.cine import frame_times
from runtime.dicom.show.look import colour_bits, colours, is_inverted, stored_padding
from runtime.dicom.show.not_applied import not_applied
from runtime.dicom.show.overlay import overlay_count
from runtime.dicom.show.profile import colour_profile
from runtime.dicom.show.supplement import meant
from runtime.dicom.show.voi import Voi
from runtime.dicom.tables.modality import modality_item, modality_lut
from runtime.errors import PermanentError


def ready() -> None:
    """Do nothing: whoever calls this has imported what decoding needs."""


def frame_values(file: Path | bytes, frame: int | None) -> bytes:
    """Return one frame's stored values (from 1; by default the first), row by row, in the type that `summary` states.

    Raises PermanentError: `input_unreadable`, `input_not_found` for a frame that the file does not have.
    """
    dataset = load(file)
    form = layout(dataset)
    count = form.frames
    if frame is not None and frame > count:
        raise PermanentError("input_not_found", f"The image has {count} frame{'s' * (count > 1)}, no frame {frame}.")
    index = (frame or 1) - 1
    planes = describe(dataset)[index : index + 1] if form.supplemental else []  # nothing else depends on the frame
    values = meant(decode(dataset, index), dataset, planes)[0]
    return _as(colours(values, colour_bits(dataset)) if values.ndim == 3 else values, _type(form, dataset))


def summary(file: Path | bytes) -> dict[str, Any]:
    """Return what a viewer must know of a file and of each of its frames. Raises PermanentError."""
    return summarise(load(file))[0]


def summarise(dataset: Any) -> tuple[dict[str, Any], list[Plane]]:
    """Return what a viewer must know, and the planes; the data set may have been read without its pixels.

    Raises PermanentError.
    """
    form, planes = layout(dataset), describe(dataset)
    # Of a supplemental palette the values are colours already, and their windows have been applied.
    shown = [replace(each, slope=1.0, intercept=0.0, voi=Voi()) for each in planes] if form.supplemental else planes
    with reading("The file's header"):
        kind = _type(form, dataset)
        table = modality_lut(dataset)
        padding = None if form.supplemental else stored_padding(dataset)
        if padding and table is not None:
            padding = (float(table.entries_of(np.array(padding[0]))), float(table.entries_of(np.array(padding[1]))))
        return {
            "rows": form.rows,
            "columns": form.columns,
            "frames": form.frames,
            "type": kind,
            "bits_stored": form.stored,
            "signed": kind[0] in "if",
            "samples": 3 if kind == "rgb8" else 1,
            "photometric": "RGB" if kind == "rgb8" else form.photometric,
            "colour_profile": colour_profile(dataset) if form.is_colour else None,
            "not_applied": not_applied(dataset),
            "inverted": is_inverted(dataset) and not form.supplemental,
            "modality": text(dataset.get("Modality")) or "OT",
            "unit": planes[0].unit if len({plane.unit for plane in planes}) == 1 else "",
            "padding": _whole(padding[0]) if padding else None,
            "padding_limit": _whole(padding[1]) if padding else None,
            "frame_times": frame_times(dataset, form.frames),
            "overlays": overlay_count(dataset),
            "series_instance_uid": text(dataset.get("SeriesInstanceUID")) or None,
            "frame_of_reference": planes[0].frame_of_reference or None,
            "regions": [region._asdict() for region in regions(dataset)],
            "planes": [_plane(plane) for plane in shown],
        }, planes


def _plane(plane: Plane) -> dict[str, Any]:
    windows = plane.voi.windows or ((plane.voi.window,) if plane.voi.window else ())
    return {
        "slope": plane.slope,
        "intercept": plane.intercept,
        "unit": plane.unit,
        "windows": [{"centre": centre, "width": width} for centre, width in windows],
        "function": plane.voi.function if plane.voi.windows else "LINEAR",
        "unknown_function": plane.voi.unknown or None,
        "lut": _lut(plane),
        "real_world_values": [each._asdict() for each in plane.real_world_values],
        "pixel_spacing": plane.pixel_spacing,
        "spacing_known": plane.spacing_known,
        "spacing_meaning": plane.meaning,
        "plane_spacing": plane.plane_spacing,
        "position": plane.position,
        "orientation": plane.orientation,
    }


def _lut(plane: Plane) -> dict[str, Any] | None:
    lut = plane.voi.lut
    return {"first": lut.first, "bits": lut.bits, "entries": lut.entries.tolist()} if lut is not None else None


def _whole(value: float) -> float:
    return int(value) if float(value).is_integer() else float(value)


def _type(form: Layout, dataset: Any) -> str:
    if form.is_colour:
        return "rgb8"
    if modality_item(dataset) is not None:
        return "uint16"
    return np.dtype(form.dtype if form.allocated > 8 else f"{form.dtype[0]}2").name


def _as(values: Array, kind: str) -> bytes:
    dtype = np.dtype("u1" if kind == "rgb8" else kind).newbyteorder("<")
    return np.ascontiguousarray(values, dtype).tobytes()
