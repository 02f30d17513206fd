"""Irregular planes to a regular volume: straightened along their normal, interpolated between neighbours."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from runtime.dicom.geometry.planes.plane import Plane
from runtime.dicom.parse.guard import unsupported

Array = NDArray[Any]
Range = tuple[float, float]


def resampled(
    arrays: Sequence[Array], ordered: Sequence[Plane], padding: Sequence[Range | None]
) -> tuple[list[Array], float]:
    """Return the planes of a regular volume, in the type of `arrays`, and their distance in mm.

    The first and the last plane stay where they are; the distance is that nearest to the most frequent one. Planes that
    are shifted sideways (a gantry tilt) are moved back onto the normal through the first one. What lies beyond a moved
    plane's edge, and what is next to padding, is taken from the nearest value instead of being interpolated.

    Raises PermanentError (`input_unsupported`) for colours, ModuleNotFoundError without SimpleITK.
    """
    from algorithms.simpleitk import sitk

    if arrays[0].ndim != 2:
        raise unsupported("Colours are not interpolated between planes; send images one by one.")
    heights = np.array([plane.height for plane in ordered], float)
    steps = max(1, round(float((heights[-1] - heights[0]) / np.median(np.diff(heights)))))
    step = float(heights[-1] - heights[0]) / steps
    moving = zip(arrays, ordered, padding, strict=True)
    straight = [_moved(sitk, array, plane, ordered[0], padded) for array, plane, padded in moving]
    made: list[Array] = []
    places: list[float] = (heights[0] + step * np.arange(steps + 1)).tolist()
    for height in places:
        above = int(np.clip(np.searchsorted(heights, height), 1, len(heights) - 1))
        share = float(np.clip((height - heights[above - 1]) / (heights[above] - heights[above - 1]), 0, 1))
        made.append(_between(sitk, straight, padding, above, share))
    return made, step


def _moved(sitk: Any, array: Array, plane: Plane, first: Plane, padding: Range | None) -> Array:
    """Return a plane as if its first pixel lay on the normal through that of the first plane."""
    offset = np.array(plane.position) - np.array(first.position)
    orientation = np.array(first.orientation)
    shift = [float(offset @ orientation[:3]), float(offset @ orientation[3:])]
    rows, columns = plane.pixel_spacing
    if abs(shift[0]) < 1e-3 * columns and abs(shift[1]) < 1e-3 * rows:
        return array

    def resampled_by(interpolator: Any, values: Array) -> Array:
        image = sitk.GetImageFromArray(values.astype(np.float64))
        image.SetSpacing((columns, rows))
        image.SetOrigin(shift)
        grid = sitk.Image(image.GetSize(), sitk.sitkFloat64)
        grid.SetSpacing(image.GetSpacing())
        moving: Any = sitk.ResampleImageFilter()
        moving.SetReferenceImage(grid)
        moving.SetInterpolator(interpolator)
        moving.UseNearestNeighborExtrapolatorOn()
        return sitk.GetArrayFromImage(moving.Execute(image))

    values = resampled_by(sitk.sitkLinear, array)
    padded = _is_padding(array, padding)
    if padded.any():  # what a value would be mixed of, if not all of it is measured
        nearest = resampled_by(sitk.sitkNearestNeighbor, array)
        values = np.where(resampled_by(sitk.sitkLinear, padded) > 0, nearest, values)
    return _typed(values, array.dtype)


def _between(sitk: Any, planes: Sequence[Array], padding: Sequence[Range | None], above: int, share: float) -> Array:
    """Return the plane that lies `share` of the way from the one below to the one above."""
    below, over = planes[above - 1], planes[above]
    nearest = below if share < 0.5 else over
    if share in (0.0, 1.0):
        return nearest
    pair = [sitk.GetImageFromArray(each.astype(np.float64)) for each in (below, over)]
    values = _typed(sitk.GetArrayFromImage(pair[0] * (1 - share) + pair[1] * share), below.dtype)
    padded = _is_padding(below, padding[above - 1]) | _is_padding(over, padding[above])
    return np.where(padded, nearest, values)


def _is_padding(values: Array, padding: Range | None) -> NDArray[np.bool_]:
    if padding is None:
        return np.zeros(values.shape, np.bool_)
    return (values >= padding[0]) & (values <= padding[1])


def _typed(values: Array, dtype: Any) -> Array:
    return (np.rint(values) if np.dtype(dtype).kind in "iu" else values).astype(dtype)
