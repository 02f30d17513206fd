"""The calibrated areas of an ultrasound image (PS3.3 C.8.5.5): each has deltas and units of its own."""

from typing import Any, Final, NamedTuple

from pydicom.sequence import Sequence

from runtime.dicom.parse.numbers import length, whole

REGIONS_MOST: Final = 100
CENTIMETRES: Final = 3  # PhysicalUnitsXDirection and PhysicalUnitsYDirection, C.8.5.5.1.15
MM_PER_CM: Final = 10.0


class Region(NamedTuple):
    """One area of an image.

    Parameters
    ----------
    left, top, right, bottom : its first and last columns and rows, counted from 0.
    spacing : distance between rows and between columns, in mm; None if the area shows no two lengths, such as time
        beside a velocity or a depth, or does not lie within the image.
    low_priority : whether another area is drawn over it where they overlap (RegionFlags, PS3.3 C.8.5.5.1.3).
    """

    left: int
    top: int
    right: int
    bottom: int
    spacing: tuple[float, float] | None
    low_priority: bool = False


def regions(dataset: Any) -> list[Region]:
    """Return the areas of a file, in its order; none if it states none. An area without a valid place is left out."""
    stated = dataset.get("SequenceOfUltrasoundRegions")
    items = list(stated)[:REGIONS_MOST] if isinstance(stated, Sequence) else []
    size = (whole(dataset.get("Rows")) or 0, whole(dataset.get("Columns")) or 0)
    found = (_sound(item, *size) for item in items)
    return [region for region in found if region is not None]


def _sound(item: Any, rows: int, columns: int) -> Region | None:
    try:
        return _region(item, rows, columns)
    except Exception:  # pydicom converts an element when it is asked for: damage shows only here
        return None


def _region(item: Any, rows: int, columns: int) -> Region | None:
    names = ("MinX0", "MinY0", "MaxX1", "MaxY1")
    left, top, right, bottom = (whole(item.get(f"RegionLocation{name}")) for name in names)
    if left is None or top is None or right is None or bottom is None or right < left or bottom < top:
        return None
    # An image that was made smaller than its areas has other pixels than their deltas tell of; an end that is one too
    # many is common.
    is_within = left >= 0 and top >= 0 and right <= columns and bottom <= rows
    return Region(
        left, top, right, bottom, _spacing(item) if is_within else None, bool((whole(item.get("RegionFlags")) or 0) & 1)
    )


def _spacing(item: Any) -> tuple[float, float] | None:
    if any(whole(item.get(f"PhysicalUnits{axis}Direction")) != CENTIMETRES for axis in "XY"):
        return None
    # A sign says which way the axis runs, not how far.
    along_row, along_column = (abs(length(item.get(f"PhysicalDelta{axis}")) or 0.0) * MM_PER_CM for axis in "XY")
    return (along_column, along_row) if along_row and along_column else None
