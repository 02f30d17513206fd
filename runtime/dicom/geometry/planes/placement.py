"""Where each frame lies, by whichever attributes a file has."""

from collections.abc import Sequence
from typing import Any, Final

import numpy as np

from runtime.dicom.geometry.planes.levels import find
from runtime.dicom.geometry.planes.plane import Vector
from runtime.dicom.parse.guard import unreadable
from runtime.dicom.parse.numbers import floats, length, number, whole
from runtime.dicom.parse.texts import text

Placement = tuple[Vector | None, Vector | None]
SHORTEST: Final = 0.1  # length of a direction; zeros stand for "unknown"
LONGEST: Final = 1e6  # of which squares and products are still finite
RIGHT_ANGLE: Final = 0.02  # cosine
SAME: Final = 1e-2  # mm
AXIAL: Final = 0.999  # cosine
# In the patient, or in the volume that enhanced ultrasound places its frames in (PS3.3 C.8.24.3).
KINDS: Final = (
    ("PlanePositionSequence", "PlaneOrientationSequence", "Patient"),
    ("PlanePositionVolumeSequence", "PlaneOrientationVolumeSequence", "Volume"),
)


def placement(levels: Sequence[Any], *, single: bool) -> Placement:
    """Return the position and the orientation of a frame, each None if unknown.

    The Image Plane module places a single frame only (PS3.3 C.7.6.2): each of several frames needs its own groups.
    """
    own = levels if single else levels[:-1]
    for position_group, orientation_group, suffix in KINDS:
        position = floats(find(own, (position_group,), f"ImagePosition{suffix}"), 3)
        orientation = cosines(find(own, (orientation_group,), f"ImageOrientation{suffix}"))
        if position is not None or orientation is not None:
            return position, orientation
    return _slide(levels)


def cosines(value: Any) -> Vector | None:
    """Return six direction cosines, each direction of length 1; None unless they are two directions at right angles.

    PS3.3 C.7.6.2.1.1 wants them normalised; writers round them.
    """
    six = floats(value, 6)
    if six is None:
        return None
    row, column = np.array(six[:3]), np.array(six[3:])
    lengths = float(np.linalg.norm(row)), float(np.linalg.norm(column))
    if not SHORTEST <= min(lengths) <= max(lengths) <= LONGEST:
        return None
    row, column = row / lengths[0], column / lengths[1]
    if abs(float(row @ column)) > RIGHT_ANGLE:
        return None
    return tuple(float(each) for each in (*row, *column))


def _slide(levels: Sequence[Any]) -> Placement:
    """Return where a slide's frame lies (PS3.3 C.8.12.6): the offsets of its first pixel on the slide."""
    offsets = [
        number(find(levels[:-1], ("PlanePositionSlideSequence",), f"{axis}OffsetInSlideCoordinateSystem"))
        for axis in "XYZ"
    ]
    if offsets[0] is None or offsets[1] is None:
        return None, None
    # The third is in micrometres.
    return (offsets[0], offsets[1], (offsets[2] or 0.0) / 1000), cosines(levels[-1].get("ImageOrientationSlide"))


def by_dose_grid(dataset: Any, count: int) -> list[Placement] | None:
    """Return the frames' places by GridFrameOffsetVector, in both of its forms (PS3.3 C.8.8.3.2); None without it."""
    offsets = floats(dataset.get("GridFrameOffsetVector"))
    position, orientation = (
        floats(dataset.get("ImagePositionPatient"), 3),
        cosines(dataset.get("ImageOrientationPatient")),
    )
    if offsets is None or position is None or orientation is None:
        return None
    if len(offsets) != count:
        raise unreadable(f"The dose grid has {len(offsets)} offsets for {count} frames.")
    if abs(offsets[0]) <= SAME:
        normal = np.cross(orientation[:3], orientation[3:])
        return [(tuple(float(p) for p in position + offset * normal), orientation) for offset in offsets]
    if abs(offsets[0] - position[2]) <= SAME:  # each plane's own z
        if abs(orientation[0] * orientation[4] - orientation[1] * orientation[3]) < AXIAL:
            raise unreadable("The dose grid's offsets are places along z, but its planes are not axial.")
        return [((position[0], position[1], offset), orientation) for offset in offsets]
    raise unreadable("The dose grid's offsets begin neither with 0 nor with the position of the first frame.")


def by_detector(dataset: Any, count: int) -> list[Placement] | None:
    """Return the frames' places in a reconstructed NM volume (PS3.3 C.8.4.11 and C.8.4.15); None for other files."""
    kind = text(dataset.get("ImageType")).split("\\")
    detectors = dataset.get("DetectorInformationSequence")
    if not detectors or len(kind) < 3 or not kind[2].startswith("RECON"):
        return None
    position = floats(detectors[0].get("ImagePositionPatient"), 3)
    orientation = cosines(detectors[0].get("ImageOrientationPatient"))
    step = length(dataset.get("SpacingBetweenSlices"))
    if position is None or orientation is None or not step:
        return None
    stated = dataset.get("SliceVector")
    slices = [whole(each) or 0 for each in stated] if stated is not None else list(range(1, count + 1))
    if len(slices) != count:
        raise unreadable(f"The slice vector has {len(slices)} entries for {count} frames.")
    normal = np.cross(orientation[:3], orientation[3:])
    return [(tuple(float(p) for p in position + (at - 1) * step * normal), orientation) for at in slices]
