"""Whether images of which none has a position can follow one another: by their numbers, at a distance that is known."""

from collections.abc import Sequence
from typing import Final

import numpy as np

from runtime.dicom.geometry.planes.plane import Plane
from runtime.dicom.geometry.regularity import ALONE, ALONG, SAME_PLACE
from runtime.dicom.geometry.series.distinction import OF_SLICES
from runtime.dicom.parse.guard import unsupported

NAMED: Final = 5  # places in a sentence


def check_unplaced(planes: Sequence[Plane]) -> None:
    """Refuse images whose distance is stated and whose order is not, and those of several series.

    Images that state neither, like a film's frames, claim nothing: they follow one another by InstanceNumber, equal
    ones as they come, and their distance is unknown.
    """
    if len(planes) < 2 or any(plane.position is not None for plane in planes):
        return
    misplaced = sum(plane.is_misplaced for plane in planes)
    if misplaced:
        raise unsupported(
            f"{misplaced} of the {len(planes)} planes state a position that cannot be read; {ALONE}.", "unplaced"
        )
    if _locations(planes) and location_step(planes) is None:
        listed = ", ".join(f"{plane.location:g}" for plane in planes[:NAMED]) + (", ..." if len(planes) > NAMED else "")
        raise unsupported(
            f"None of the {len(planes)} planes says where it lies, and their SliceLocations ({listed} mm) are not "
            f"evenly spaced; {ALONE}.",
            "unplaced",
        )
    _check_one_volume(planes)
    numbers = {plane.instance: plane.number for plane in planes}
    if len(numbers) < 2:
        return
    distances = {plane.plane_spacing for plane in planes}
    series = {dict(plane.distinction).get("SeriesInstanceUID") for plane in planes}
    if len(series) > 1:
        raise unsupported(
            f"None of the {len(planes)} planes, which are of {len(series)} series, says where it lies; {ALONE}.",
            "unplaced",
        )
    if len(distances) > 1:
        raise unsupported(f"The planes do not say where they lie, and state different distances; {ALONE}.", "unplaced")
    stated = sorted({number for number in numbers.values() if number is not None})
    if len(stated) < len(numbers):
        if distances == {None}:
            return
        raise unsupported(
            f"None of the {len(planes)} planes says where it lies, and their InstanceNumbers (absent or equal) do not "
            f"say in which order they follow one another; {ALONE}.",
            "unplaced",
        )
    gaps = np.diff(stated)
    if gaps.max() > gaps.min():
        at = int(gaps.argmax())
        raise unsupported(
            f"None of the {len(planes)} planes says where it lies, and by their InstanceNumbers an image may be "
            f"missing between {stated[at]} and {stated[at + 1]}; {ALONE}.",
            "unplaced",
        )


def _check_one_volume(planes: Sequence[Plane]) -> None:
    """Refuse slices that do not follow one another by their numbers, and a distance of what is no one volume."""
    slices = [plane.slice_number for plane in planes]
    if None not in slices and set(np.diff(np.array(slices, int))) not in ({1}, {-1}):
        raise unsupported(
            f"None of the {len(planes)} planes says where it lies, and by their slice vector they do not follow one "
            f"another; {ALONE}.",
            "unplaced",
        )
    if _locations(planes) or all(plane.plane_spacing is None for plane in planes):
        return
    stated = [dict(plane.distinction) for plane in planes]
    for name in dict.fromkeys(name for each in stated for name in each if name not in OF_SLICES):
        count = len({each.get(name) for each in stated})
        if count > 1:
            raise unsupported(
                f"None of the {len(planes)} planes says where it lies, and they have {count} values of {name}, so that "
                f"they are not slices of one volume; {ALONE}.",
                "unplaced",
            )


def location_step(ordered: Sequence[Plane]) -> float | None:
    """Return how far apart images without positions are by their SliceLocations, in mm; None unless evenly.

    They are relative to a point that no attribute names (PS3.3 C.7.6.2.1.2), so that they place nothing by themselves.
    """
    gaps = np.diff(_locations(ordered))
    if not len(gaps):
        return None
    step = float(gaps.mean())
    is_even = abs(step) > SAME_PLACE and float(np.abs(gaps - step).max()) <= ALONG * abs(step)
    return abs(step) if is_even else None


def _locations(planes: Sequence[Plane]) -> list[float]:
    """Return the SliceLocation of each plane; none if one has none, or a position."""
    found = [plane.location for plane in planes if plane.location is not None and plane.position is None]
    return found if len(found) == len(planes) else []
