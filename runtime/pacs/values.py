"""One frame's values, and what a viewer must know to show them. Runs in the decoding processes."""

from pathlib import Path
from typing import Any

import numpy as np

from runtime.dicom.decode import Array, decode, frame_count, load
from runtime.dicom.planes import Plane, describe
from runtime.dicom.read import unit
from runtime.dicom.rescale import modality_lut
from runtime.errors import PermanentError

TYPES = {"int16": "<i2", "uint16": "<u2", "float32": "<f4", "rgb8": "u1"}


def frame_values(path: Path, frame: int | None) -> bytes:
    """Return one frame's stored values (from 1; by default the first), row by row, in the type that `summary` tells.

    Raises PermanentError: `input_unreadable`, `input_not_found` for a frame that the file does not have.
    """
    dataset = load(path)
    count = frame_count(dataset)
    if frame is not None and frame > count:
        raise PermanentError("input_not_found", f"The image has {count} frame{'s' * (count > 1)}, no frame {frame}.")
    values = decode(dataset, (frame or 1) - 1)[0]
    if values.ndim == 2:
        values = modality_lut(values, dataset)
    elif values.dtype != np.uint8:
        values = values >> (8 * (values.dtype.itemsize - 1))
    return _as(values, TYPES[_type(dataset)])


def summary(path: Path) -> dict[str, Any]:
    """Return what a viewer must know of a file and of each of its frames. Raises PermanentError."""
    dataset = load(path)
    kind = _type(dataset)
    looked_up = bool(dataset.get("ModalityLUTSequence"))
    return {
        "rows": int(dataset.get("Rows") or 0),
        "columns": int(dataset.get("Columns") or 0),
        "frames": frame_count(dataset),
        "type": kind,
        "bits_stored": int(dataset.get("BitsStored") or 0),
        "signed": kind in ("int16", "float32"),
        "samples": 3 if kind == "rgb8" else 1,
        "photometric": "RGB" if kind == "rgb8" else str(dataset.get("PhotometricInterpretation") or "MONOCHROME2"),
        "modality": str(dataset.get("Modality") or "OT"),
        "unit": unit(dataset),
        "padding": dataset.get("PixelPaddingValue") if isinstance(dataset.get("PixelPaddingValue"), int) else None,
        "planes": [_plane(plane, looked_up) for plane in describe(dataset)],
    }


def _plane(plane: Plane, looked_up: bool) -> dict[str, Any]:
    windows = plane.voi.windows or ((plane.voi.window,) if plane.voi.window else ())
    return {
        "slope": 1.0 if looked_up else plane.slope,
        "intercept": 0.0 if looked_up else plane.intercept,
        "windows": [{"centre": centre, "width": width} for centre, width in windows],
        "function": plane.voi.function if plane.voi.windows else "LINEAR",
        "pixel_spacing": plane.pixel_spacing,
        "plane_spacing": plane.plane_spacing,
        "position": plane.position,
        "orientation": plane.orientation,
    }


def _type(dataset: Any) -> str:
    if int(dataset.get("SamplesPerPixel") or 1) > 1 or dataset.get("PhotometricInterpretation") == "PALETTE COLOR":
        return "rgb8"
    if "PixelData" not in dataset or int(dataset.get("BitsAllocated") or 16) > 16:
        return "float32"
    signed = int(dataset.get("PixelRepresentation") or 0) == 1 and not dataset.get("ModalityLUTSequence")
    return "int16" if signed else "uint16"


def _as(values: Array, dtype: str) -> bytes:
    return np.ascontiguousarray(values, np.dtype(dtype)).tobytes()
