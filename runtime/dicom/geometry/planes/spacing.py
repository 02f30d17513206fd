"""How far apart pixels and planes are, by whichever attribute a file has, and what that distance means."""

from collections.abc import Sequence
from typing import Any, Final

from runtime.dicom.geometry.planes.levels import find
from runtime.dicom.geometry.planes.plane import Meaning
from runtime.dicom.parse.numbers import LENGTH_LEAST, LENGTH_MOST, floats, length

# The second is that of enhanced projections (PS3.3 C.8.19.6.4), with the spacing at the detector.
GROUPS: Final = ("PixelMeasuresSequence", "FramePixelDataPropertiesSequence")
# In this order. PixelSpacing is in the patient (PS3.3 10.7.1.1), ImagerPixelSpacing at the detector's front plane,
# before any magnification (10.7.1.3), ImagePlanePixelSpacing of RT images as well (C.8.8.2.2), and
# NominalScannedPixelSpacing on the film that was scanned (10.7.1.2).
SOURCES: Final[tuple[tuple[str, Meaning], ...]] = (
    ("PixelSpacing", "patient"),
    ("ImagerPixelSpacing", "detector"),
    ("ImagePlanePixelSpacing", "detector"),
    ("NominalScannedPixelSpacing", "film"),
)


def pixel_spacing(levels: Sequence[Any]) -> tuple[tuple[float, float], Meaning]:
    """Return the distance between rows and between columns, and what it means."""
    for keyword, meaning in SOURCES:
        pair = floats(find(levels, GROUPS, keyword), 2)
        if pair and LENGTH_LEAST <= min(pair) <= max(pair) <= LENGTH_MOST:
            return (pair[0], pair[1]), _calibrated(levels, pair) if meaning == "patient" else meaning
    # Vertical to horizontal size (PS3.3 C.7.6.3.1.7): a shape without a length.
    ratio = floats(find(levels, (), "PixelAspectRatio"), 2)
    if ratio and min(ratio) > 0 and ratio[0] != ratio[1]:
        return (ratio[0] / ratio[1], 1.0), "ratio"
    return (1.0, 1.0), "unknown"


def _calibrated(levels: Sequence[Any], pair: Sequence[float]) -> Meaning:
    """Return what PixelSpacing means, which in a projection depends on two further attributes (PS3.3 10.7.1.3)."""
    if find(levels, GROUPS, "PixelSpacingCalibrationType"):
        return "calibrated"
    detector = floats(find(levels, GROUPS, "ImagerPixelSpacing"), 2)
    if detector is None:
        return "patient"
    # The detector's distance, written twice: nobody has taken the magnification out of it. Otherwise someone has, for
    # one depth.
    return "detector" if detector == tuple(pair) else "calibrated"


def plane_spacing(levels: Sequence[Any]) -> float | None:
    """Return the distance between planes that the header states, in mm, or None."""
    values = (length(find(levels, GROUPS, each)) for each in ("SpacingBetweenSlices", "SliceThickness"))
    # SpacingBetweenSlices may be negative in nuclear medicine (PS3.3 C.8.4.15): a direction, not a distance.
    return next((abs(each) for each in values if each), None)
