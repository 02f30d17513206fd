"""The window of values whose whole range is known: bits, and the fractions of a segmentation."""

from typing import Any

from pydicom.uid import SegmentationStorage

from runtime.dicom.parse.numbers import whole
from runtime.dicom.parse.texts import text
from runtime.dicom.pixels.layout import Layout

Window = tuple[float, float]


def known_range(dataset: Any, form: Layout) -> Window | None:
    """Return the LINEAR window (PS3.3 C.11.2.1.2.1) that shows the least value black and the most white.

    The values that a frame happens to have do not tell: all of those within a segment are ones. None if unknown.
    """
    if form.is_colour or form.floating:
        return None
    if form.stored == 1:
        return (0.0, 2.0) if form.signed else (1.0, 2.0)
    is_fraction = text(dataset.get("SegmentationType")) == "FRACTIONAL"
    most = whole(dataset.get("MaximumFractionalValue"))  # PS3.3 C.8.20.2: what stands for 1.0
    if is_fraction and text(dataset.get("SOPClassUID")) == SegmentationStorage and most and most > 0:
        return (most + 1) / 2, float(most + 1)
    return None
