"""Stored values to values in the modality's unit, plane by plane."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from runtime.dicom.geometry.planes.plane import Plane
from runtime.dicom.parse.guard import unreadable
from runtime.dicom.tables.modality import modality_lut

Array = NDArray[Any]
SINGLE = 2**23  # steps that float32 holds within any factor of two


def looked_up(stored: Array, dataset: Any) -> Array:
    """Apply the modality lookup table, if the file has one instead of slope and intercept."""
    table = modality_lut(dataset)
    return stored if table is None else table.entries_of(stored)


def rescale(stored: Sequence[Array], planes: Sequence[Plane]) -> list[Array]:
    """Apply each plane's own slope and intercept (they differ from slice to slice in PET).

    Integers stay integers if every slope is 1 and every intercept integral; they get the first of int16, uint16,
    int32, int64 and uint64 that holds all of them. Otherwise the result is float32, or float64 if float32 would make
    one of two neighbouring stored values, as of stored values beyond 16 bits.

    Raises PermanentError (`input_unreadable`) if a slope makes values that its result cannot hold.
    """
    if all(plane.slope == 1 and plane.intercept == 0 for plane in planes):
        return list(stored)
    if any(array.dtype.kind == "f" for array in stored):
        with np.errstate(over="ignore"):
            scaled = [a * plane.slope + plane.intercept for a, plane in zip(stored, planes, strict=True)]
        return [_held(values, a) for values, a in zip(scaled, stored, strict=True)]
    if all(plane.slope == 1 and plane.intercept.is_integer() and abs(plane.intercept) < 2**53 for plane in planes):
        return _shifted(stored, [int(plane.intercept) for plane in planes])
    wide = np.float32 if all(_suffices(a, plane) for a, plane in zip(stored, planes, strict=True)) else np.float64
    with np.errstate(over="ignore"):
        scaled = [
            (a.astype(np.float64) * plane.slope + plane.intercept).astype(wide)
            for a, plane in zip(stored, planes, strict=True)
        ]
    return [_held(values, a) for values, a in zip(scaled, stored, strict=True)]


def _suffices(stored: Array, plane: Plane) -> bool:
    """Tell whether float32 keeps the values of neighbouring stored ones apart."""
    if stored.dtype.itemsize > 2:
        return False
    largest = max(abs(int(end) * plane.slope + plane.intercept) for end in (stored.min(), stored.max()))
    return largest <= abs(plane.slope) * SINGLE and abs(plane.slope) > float(np.finfo(np.float32).tiny)


def _shifted(stored: Sequence[Array], intercepts: Sequence[int]) -> list[Array]:
    pairs = list(zip(stored, intercepts, strict=True))
    low, high = min(int(a.min()) + by for a, by in pairs), max(int(a.max()) + by for a, by in pairs)
    dtype = next((t for t in (np.int16, np.uint16, np.int32, np.int64, np.uint64) if _holds(t, low, high)), None)
    if dtype is None:
        raise unreadable("The file's rescale intercept makes values that 64 bits cannot hold.")
    # Modulo 2**64 sums that fit are right, whatever sign the values or the intercept have.
    sums = ((a.astype(np.uint64) + np.uint64(by % 2**64)) for a, by in pairs)
    return [(each if dtype is np.uint64 else each.view(np.int64)).astype(dtype) for each in sums]


def _held(values: Array, stored: Array) -> Array:
    """Return values, unless the slope has made finite ones infinite."""
    if np.isinf(values).any() and not np.isinf(stored).any():
        raise unreadable(f"The file's rescale slope makes values that are too large for {values.dtype}.")
    return values


def _holds(dtype: Any, low: int, high: int) -> bool:
    limits = np.iinfo(dtype)
    return int(limits.min) <= low and high <= int(limits.max)
