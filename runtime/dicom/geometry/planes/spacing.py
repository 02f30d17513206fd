"""How far apart pixels and planes are, by whichever attribute a file has, and what that distance means."""

from collections.abc import Sequence
from typing import Any, Final

from runtime.dicom.geometry.planes.levels import find
from runtime.dicom.geometry.planes.plane import Meaning
from runtime.dicom.parse.numbers import LENGTH_LEAST, LENGTH_MOST, floats, length
from runtime.dicom.parse.texts import text

# The second is that of enhanced projections (PS3.3 C.8.19.6.4), with the spacing at the detector.
GROUPS: Final = ("PixelMeasuresSequence", "FramePixelDataPropertiesSequence")
# In this order. PixelSpacing is in the patient (PS3.3 C.7.6.2.1), ImagerPixelSpacing at the detector's front plane,
# never corrected for magnification (C.8.11.4), ImagePlanePixelSpacing of RT images as well (C.8.8.2.2), and
# NominalScannedPixelSpacing on the film that was scanned (C.8.6.2).
SOURCES: Final[tuple[tuple[str, Meaning], ...]] = (
    ("PixelSpacing", "patient"),
    ("ImagerPixelSpacing", "detector"),
    ("ImagePlanePixelSpacing", "detector"),
    ("NominalScannedPixelSpacing", "film"),
)
# PixelSpacingCalibrationType: GEOMETRY takes a magnification out that is known or assumed, for a depth that the file
# does not say; FIDUCIAL is by an object of known size, for its depth (PS3.3 10.7.1.2).
CALIBRATIONS: Final[dict[str, Meaning]] = {"GEOMETRY": "corrected", "FIDUCIAL": "calibrated"}
PROJECTIONS: Final = ("CR", "DX", "MG", "XA", "RF", "IO", "PX", "RG")
# Secondary captures, whose PixelSpacing is of the same macro (PS3.3 C.8.6.2).
CAPTURE: Final = "1.2.840.10008.5.1.4.1.1.7"


def pixel_spacing(levels: Sequence[Any], *, placed: bool) -> tuple[tuple[float, float], Meaning]:
    """Return the distance between rows and between columns, and what it means.

    `placed` says whether the frame has a position and an orientation: then it is a section, no projection.
    """
    for keyword, meaning in SOURCES:
        pair = floats(find(levels, GROUPS, keyword), 2)
        if pair and LENGTH_LEAST <= min(pair) <= max(pair) <= LENGTH_MOST:
            return (pair[0], pair[1]), _meaning(levels, pair, placed) if meaning == "patient" else meaning
    # Vertical to horizontal size (PS3.3 C.7.6.3.1.7): a shape without a length.
    ratio = floats(find(levels, (), "PixelAspectRatio"), 2)
    if ratio and min(ratio) > 0 and ratio[0] != ratio[1]:
        return (ratio[0] / ratio[1], 1.0), "ratio"
    return (1.0, 1.0), "unknown"


def is_at_detector(levels: Sequence[Any]) -> bool:
    """Tell whether the distances between a projection's pixels are those at the detector."""
    return pixel_spacing(levels, placed=False)[1] == "detector"


def _meaning(levels: Sequence[Any], pair: tuple[float, ...], placed: bool) -> Meaning:
    """Return what PixelSpacing means, of which further attributes decide (PS3.3 10.7.1.1)."""
    stated = CALIBRATIONS.get(text(find(levels, GROUPS, "PixelSpacingCalibrationType")))
    if stated is not None:
        return stated
    detector = floats(find(levels, GROUPS, "ImagerPixelSpacing"), 2)
    film = None if placed else floats(find(levels, GROUPS, "NominalScannedPixelSpacing"), 2)  # A.8.1.3
    if pair in (detector, film):  # written twice: nobody has taken a magnification out of it
        return "detector" if pair == detector else "film"
    if detector or film:
        return "adjusted"
    return "undetermined" if not placed and _is_projection(levels[-1]) else "patient"


def _is_projection(dataset: Any) -> bool:
    is_capture = text(dataset.get("SOPClassUID")).startswith(CAPTURE)
    return is_capture or text(dataset.get("Modality")) in PROJECTIONS


def plane_spacing(levels: Sequence[Any]) -> float | None:
    """Return the distance between planes that the header states, in mm, or None."""
    values = (length(find(levels, GROUPS, each)) for each in ("SpacingBetweenSlices", "SliceThickness"))
    # SpacingBetweenSlices may be negative in nuclear medicine (PS3.3 C.8.4.15): a direction, not a distance.
    return next((abs(each) for each in values if each), None)
