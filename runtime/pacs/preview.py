"""Files to a preview. Runs in the decoding processes; knows nothing of HTTP or the bucket."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, sqrt
from pathlib import Path
from typing import Any, TypeVar

import numpy as np

from runtime.dicom import mosaic, png, render, value_window
from runtime.dicom.decode import Array, decode, frame_count, has_pixels, load
from runtime.dicom.encode import MOSAIC_LIMIT, shrink
from runtime.dicom.planes import Plane, describe
from runtime.dicom.rescale import modality_lut, rescale
from runtime.dicom.stack import order
from runtime.dicom.window import render_lut
from runtime.errors import PermanentError

Window = tuple[float, float]
T = TypeVar("T")
# More would be cells too small to see; what a longer series shows are as many planes, evenly spaced.
PLANES_MOST = 400


@dataclass(frozen=True, slots=True)
class Slice:
    """One plane's values as they are shown: rescaled, with what the header says of it."""

    values: Array
    plane: Plane
    inverted: bool
    padding: float | None


def image(path: Path, frame: int | None, window: Window | None, size: int | None) -> bytes:
    """Return the PNG of one frame (from 1; by default the first) of a file.

    Raises PermanentError: `input_unreadable`, `input_not_found` for a frame that the file does not have.
    """
    dataset = load(path)
    count = frame_count(dataset)
    if frame is not None and frame > count:
        raise PermanentError("input_not_found", f"The image has {count} frame{'s' * (count > 1)}, no frame {frame}.")
    shown = _slice(dataset, describe(dataset), (frame or 1) - 1)
    scale = min(1.0, size / max(shown.values.shape[:2])) if size else 1.0
    return png(shrink(grey(shown, window), scale))


def series(paths: Sequence[Path], window: Window | None, size: int | None) -> bytes:
    """Return a mosaic of the planes of a series, in their order in space. Raises PermanentError."""
    datasets = [dataset for dataset in map(load, paths) if has_pixels(dataset)]
    if not datasets:
        raise PermanentError("input_unreadable", "The series holds no image, only DICOM objects without pixels.")
    described = [(dataset, describe(dataset)) for dataset in datasets]
    frames = [(dataset, planes, i) for dataset, planes in described for i in range(len(planes))]
    places = order([planes[i] for _, planes, i in frames])
    chosen = [frames[place] for place in evenly(places, PLANES_MOST)]
    limit = size or MOSAIC_LIMIT
    side = limit / ceil(sqrt(len(chosen)))
    slices = [_small(_slice(*some), side) for some in chosen]
    common = window or _common(slices)
    return png(mosaic([grey(some, window or some.plane.voi.window or common) for some in slices], limit=limit))


def study(paths: Sequence[Path], window: Window | None, size: int | None) -> bytes:
    """Return a mosaic of one plane of each file given, its middle frame. Raises PermanentError."""
    datasets = [dataset for dataset in map(load, paths) if has_pixels(dataset)]
    if not datasets:
        raise PermanentError("input_unreadable", "The study holds no image, only DICOM objects without pixels.")
    limit = size or MOSAIC_LIMIT
    side = limit / ceil(sqrt(len(datasets)))
    middles = [_small(_slice(d, describe(d), frame_count(d) // 2), side) for d in datasets]
    return png(mosaic([grey(some, window) for some in middles], limit=limit))


def evenly(items: Sequence[T], most: int) -> list[T]:
    """Return at most `most` of the items, evenly spaced, the first and the last among them."""
    if len(items) <= most:
        return list(items)
    return [items[int(place)] for place in np.linspace(0, len(items) - 1, most).round()]


def grey(shown: Slice, window: Window | None) -> Array:
    """Return 8-bit grey levels or colours: by the window given, else as the file says, else by its values."""
    if shown.values.ndim == 3:
        return _eight_bits(shown.values)
    voi = shown.plane.voi
    if window is None and voi.lut is not None:
        return render_lut(shown.values, voi.lut, invert=shown.inverted)
    chosen = window or voi.window or value_window(shown.values, shown.padding)
    # A file may state a LINEAR window narrower than one; LINEAR_EXACT is what it can mean.
    function = voi.function if chosen[1] >= 1 or voi.function != "LINEAR" else "LINEAR_EXACT"
    return render(shown.values, chosen, invert=shown.inverted, function=function)


def _slice(dataset: Any, planes: Sequence[Plane], index: int) -> Slice:
    plane = planes[index]
    values = decode(dataset, index)[0]
    if values.ndim == 2:
        values = rescale([modality_lut(values, dataset)], [plane])[0]
    padding = dataset.get("PixelPaddingValue")
    stored = float(padding) * plane.slope + plane.intercept if isinstance(padding, int) else None
    return Slice(values, plane, dataset.get("PhotometricInterpretation") == "MONOCHROME1", stored)


def _small(shown: Slice, side: float) -> Slice:
    scale = side / max(shown.values.shape[:2])
    if scale >= 1:
        return shown
    values = shown.values
    if values.dtype.name not in ("uint8", "uint16", "int16", "float32", "float64"):  # what OpenCV averages
        values = values.astype(np.float64)
    return Slice(shrink(values, scale), shown.plane, shown.inverted, shown.padding)


def _common(slices: Sequence[Slice]) -> Window | None:
    flat = [some.values.ravel() for some in slices if some.values.ndim == 2]
    return value_window(np.concatenate(flat), slices[0].padding) if flat else None


def _eight_bits(values: Array) -> Array:
    if values.dtype == np.uint8:
        return values
    return (values >> (8 * (values.dtype.itemsize - 1))).astype(np.uint8)
