"""Planes to a stack: their order, their distance, and whether they belong together at all."""

from collections import Counter
from collections.abc import Sequence

import numpy as np

from runtime.dicom.planes import Plane
from runtime.errors import PermanentError

SAME_DIRECTION = 1e-3  # of a direction cosine: scanners round them
SAME_PLACE = 1e-3  # mm


def order(planes: Sequence[Plane]) -> list[int]:
    """Return the indices of the planes along their normal; by InstanceNumber where a plane has no position."""
    heights = [plane.height for plane in planes]
    if any(height is None for height in heights) or not _parallel(planes):
        return sorted(range(len(planes)), key=lambda index: planes[index].number)
    # Planes at one place (a cine) keep the order of their numbers.
    return sorted(range(len(planes)), key=lambda i: (round((heights[i] or 0.0) / SAME_PLACE), planes[i].number))


def check(planes: Sequence[Plane]) -> None:
    """Refuse planes that are no stack: an algorithm must not be given a volume that never was, nor only a part.

    Raises PermanentError (`input_unsupported`).
    """
    sizes = Counter(f"{plane.rows} x {plane.columns}" for plane in planes)
    if len(sizes) > 1:
        listed = ", ".join(f"{count} of {size}" for size, count in sizes.most_common())
        raise PermanentError("input_unsupported", f"The planes differ in size ({listed}); send images one by one.")
    if not _parallel(planes):
        raise PermanentError("input_unsupported", "The planes differ in orientation; send images one by one.")
    spacings = np.array([plane.pixel_spacing for plane in planes])
    if not np.allclose(spacings, spacings[0], rtol=1e-3):
        raise PermanentError("input_unsupported", "The planes differ in pixel spacing; send images one by one.")
    places = {round(plane.height / SAME_PLACE) for plane in planes if plane.height is not None}
    if 1 < len(places) < len(planes):
        raise PermanentError(
            "input_unsupported",
            f"There are {len(planes)} planes at {len(places)} positions (time points, echoes or series on top of one "
            "another); send them one by one.",
        )


def plane_spacing(ordered: Sequence[Plane]) -> float:
    """Return the distance between neighbouring planes in mm: from the positions (median), else the header, else 1."""
    heights = [plane.height for plane in ordered]
    known = [height for height in heights if height is not None]
    if len(known) == len(ordered) > 1:
        median = float(np.median(np.abs(np.diff(known))))
        if median > SAME_PLACE:
            return median
    return next((plane.plane_spacing for plane in ordered if plane.plane_spacing is not None), 1.0)


def direction(plane: Plane) -> tuple[float, ...]:
    """Return the nine cosines of the pixel grid's axes as SimpleITK keeps them, the identity where unknown."""
    if plane.orientation is None or plane.normal is None:
        return (1.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 1.0)
    x, y = plane.orientation[:3], plane.orientation[3:]
    return tuple(float(cosine) for axis in zip(x, y, plane.normal, strict=True) for cosine in axis)


def _parallel(planes: Sequence[Plane]) -> bool:
    first = planes[0].orientation
    for plane in planes:
        if (plane.orientation is None) != (first is None):
            return False
        if first and plane.orientation and not np.allclose(plane.orientation, first, atol=SAME_DIRECTION):
            return False
    return True
