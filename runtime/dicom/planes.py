"""What a DICOM header says of each of its frames: classic files, multi-frame files and enhanced ones."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from runtime.dicom.decode import frame_count
from runtime.dicom.voi import Voi, read_voi
from runtime.errors import PermanentError

Vector = tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Plane:
    """One frame's place and meaning.

    Parameters
    ----------
    rows, columns : size in pixels.
    position, orientation : of the first pixel's centre in mm, and six direction cosines; None where the file is silent.
    pixel_spacing : distance between rows and between columns, in mm.
    plane_spacing : distance between planes that the header states, in mm, or None.
    slope, intercept : value = stored * slope + intercept.
    voi : how the values are meant to be shown.
    number : InstanceNumber, which orders what has no position.
    """

    rows: int
    columns: int
    position: Vector | None
    orientation: Vector | None
    pixel_spacing: tuple[float, float]
    plane_spacing: float | None
    slope: float
    intercept: float
    voi: Voi
    number: int

    @property
    def normal(self) -> Vector | None:
        """The direction that looks away from the plane, or None."""
        if self.orientation is None:
            return None
        return tuple(float(n) for n in np.cross(self.orientation[:3], self.orientation[3:]))

    @property
    def height(self) -> float | None:
        """How far along its normal the plane lies, in mm, or None."""
        if self.position is None or self.normal is None:
            return None
        return float(np.dot(self.position, self.normal))


def describe(dataset: Any) -> list[Plane]:
    """Return one Plane for each frame of a dataset. Raises PermanentError (`input_unreadable`)."""
    try:
        return _describe(dataset)
    except (TypeError, ValueError, KeyError, AttributeError, NotImplementedError) as error:
        # pydicom converts an element when it is first asked for: damage shows only here.
        raise PermanentError("input_unreadable", "The file's header is damaged.") from error


def _describe(dataset: Any) -> list[Plane]:
    frames = list(dataset.get("PerFrameFunctionalGroupsSequence") or [])
    shared = next(iter(dataset.get("SharedFunctionalGroupsSequence") or []), None)
    count = frame_count(dataset)
    offsets = floats(dataset.get("GridFrameOffsetVector")) or ()
    planes: list[Plane] = []
    for index in range(count):
        levels = [level for level in (frames[index] if index < len(frames) else None, shared, dataset) if level]
        planes.append(_plane(levels, dataset, offsets[index] if index < len(offsets) else 0.0))
    return planes


def _plane(levels: Sequence[Any], dataset: Any, offset: float) -> Plane:
    orientation = floats(_find(levels, "PlaneOrientationSequence", "ImageOrientationPatient"), 6)
    position = floats(_find(levels, "PlanePositionSequence", "ImagePositionPatient"), 3)
    if orientation is not None and float(np.linalg.norm(np.cross(orientation[:3], orientation[3:]))) < 0.5:
        orientation = None  # zeros, as some scanners write for "unknown"
    if offset and position is not None and orientation is not None:
        position = tuple(float(p) for p in position + offset * np.cross(orientation[:3], orientation[3:]))
    measures = [
        floats(_find(levels, "PixelMeasuresSequence", keyword), 2) for keyword in ("PixelSpacing", "ImagerPixelSpacing")
    ]
    thick = [
        floats(_find(levels, "PixelMeasuresSequence", keyword), 1)
        for keyword in ("SpacingBetweenSlices", "SliceThickness")
    ]
    return Plane(
        rows=int(dataset.get("Rows") or 0),
        columns=int(dataset.get("Columns") or 0),
        position=position,
        orientation=orientation,
        pixel_spacing=next(((m[0], m[1]) for m in measures if m and min(m) > 0), (1.0, 1.0)),
        # SpacingBetweenSlices may be negative in nuclear medicine: a direction, not a distance.
        plane_spacing=next((abs(t[0]) for t in thick if t and t[0]), None),
        slope=_number(_find(levels, "PixelValueTransformationSequence", "RescaleSlope"), dataset, "DoseGridScaling", 1),
        intercept=_number(_find(levels, "PixelValueTransformationSequence", "RescaleIntercept"), dataset, None, 0),
        voi=read_voi(levels),
        number=int(floats(dataset.get("InstanceNumber"), 1, default=(0.0,))[0]),
    )


def _find(levels: Sequence[Any], group: str, keyword: str) -> Any:
    for level in levels:
        items = level.get(group)
        holder = items[0] if items else level
        value = holder.get(keyword)
        if value is not None and value != "":
            return value
    return None


def _number(value: Any, dataset: Any, otherwise: str | None, default: float) -> float:
    found = floats(value, 1) or (floats(dataset.get(otherwise), 1) if otherwise else None)
    return found[0] if found and np.isfinite(found[0]) else float(default)


def floats(value: Any, length: int | None = None, *, default: Any = None) -> Any:
    """Return a DICOM number or numbers as a tuple of floats; `default` where absent, odd or of another length."""
    if value is None or value == "":
        return default
    try:
        many = tuple(float(v) for v in value) if not isinstance(value, str | int | float) else (float(value),)
    except (TypeError, ValueError):
        return default
    return many if many and (length is None or len(many) == length) else default
