"""Files to a preview. Runs in the decoding processes; knows nothing of HTTP or the bucket."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, sqrt
from pathlib import Path
from typing import Any, TypeVar

import numpy as np

from runtime.dicom import mosaic, png, value_window
from runtime.dicom.geometry.planes.plane import Plane
from runtime.dicom.geometry.planes.planes import describe
from runtime.dicom.geometry.stack import order
from runtime.dicom.parse.guard import reading
from runtime.dicom.parse.load import has_pixels, load
from runtime.dicom.pixels.decode import Array, decode
from runtime.dicom.rescale import rescale
from runtime.dicom.show.encode import MOSAIC_LIMIT, shrink
from runtime.dicom.show.look import Look, look_of, picture
from runtime.dicom.show.supplement import meant
from runtime.errors import PermanentError
from runtime.pacs.decoding.cache import Cache

Window = tuple[float, float]
T = TypeVar("T")
# With more, cells would be too small to see; a longer series shows as many planes, evenly spaced.
PLANES_MOST = 400


@dataclass(frozen=True, slots=True)
class Slice:
    """One plane's values, rescaled, and how they are shown."""

    values: Array
    look: Look


# Frames that one process keeps decoded; a larger one is not kept.
KEPT_BYTES = 32 << 20
# A frame that takes less time to show than to ask a process for: its values go back with its first picture.
SMALL_BYTES = 1 << 20
_kept: Cache[Slice] = Cache(KEPT_BYTES, lambda shown: shown.values.nbytes)


def image(file: Path | bytes, frame: int | None, window: Window | None, size: int | None, version: str = "") -> bytes:
    """Return the PNG of one frame (from 1; by default the first) of a file.

    A file with a `version`, which names its content, is not decoded again for another window.

    Raises PermanentError: `input_unreadable`, `input_not_found` for a frame that the file does not have.
    """
    return image_and_frame(file, frame, window, size, version)[0]


def image_and_frame(
    file: Path | bytes, frame: int | None, window: Window | None, size: int | None, version: str = ""
) -> tuple[bytes, Slice | None]:
    """Return what `image` does, and the decoded frame if it is small. Raises as `image` does."""
    name = f"{version}\n{frame or 1}"
    shown = _kept.get(name) if version else None
    if shown is None:
        shown = _frame(file, frame)
        if version:
            _kept.put(name, shown)
    return shown_as(shown, window, size), shown if shown.values.nbytes <= SMALL_BYTES else None


def shown_as(shown: Slice, window: Window | None, size: int | None) -> bytes:
    """Return the PNG of a decoded frame."""
    scale = min(1.0, size / max(shown.values.shape[:2])) if size else 1.0
    texts = {"ColourProfileNotApplied": shown.look.profile} if shown.look.profile else None
    return png(shrink(picture(shown.values, shown.look, window), scale), texts)


def _frame(file: Path | bytes, frame: int | None) -> Slice:
    dataset = load(file)
    planes = describe(dataset)
    count = len(planes)
    if frame is not None and frame > count:
        raise PermanentError("input_not_found", f"The image has {count} frame{'s' * (count > 1)}, no frame {frame}.")
    return _slice(dataset, planes, (frame or 1) - 1)


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
    common = _common(slices)
    return png(mosaic([picture(some.values, some.look, window, common) for some in slices], limit=limit))


def study(paths: Sequence[Path], window: Window | None, size: int | None) -> bytes:
    """Return a mosaic of one plane of each file given, its middle frame. Raises PermanentError."""
    datasets = [dataset for dataset in map(load, paths) if has_pixels(dataset)]
    if not datasets:
        raise PermanentError("input_unreadable", "The study holds no image, only DICOM objects without pixels.")
    limit = size or MOSAIC_LIMIT
    side = limit / ceil(sqrt(len(datasets)))
    described = [(dataset, describe(dataset)) for dataset in datasets]
    middles = [_small(_slice(dataset, planes, len(planes) // 2), side) for dataset, planes in described]
    return png(mosaic([picture(some.values, some.look, window) for some in middles], limit=limit))


def evenly(items: Sequence[T], most: int) -> list[T]:
    """Return at most `most` of the items, evenly spaced, the first and the last among them."""
    if len(items) <= most:
        return list(items)
    return [items[int(place)] for place in np.linspace(0, len(items) - 1, most).round()]


def _slice(dataset: Any, planes: Sequence[Plane], index: int) -> Slice:
    plane = planes[index]
    values = meant(decode(dataset, index), dataset, [plane])[0]
    if values.ndim == 2:
        values = rescale([values], [plane])[0]
    with reading("The file's header"):
        return Slice(values, look_of(dataset, plane))


def _small(shown: Slice, side: float) -> Slice:
    scale = side / max(shown.values.shape[:2])
    if scale >= 1:
        return shown
    return Slice(shrink(shown.values, scale), shown.look)


def _common(slices: Sequence[Slice]) -> Window | None:
    flat = [some.values.ravel() for some in slices if some.values.ndim == 2]
    return value_window(np.concatenate(flat), slices[0].look.padding) if flat else None
