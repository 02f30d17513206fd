"""Whether the frames of a file follow one another in space at all."""

from typing import Any, Final

from runtime.dicom.parse.guard import unreadable
from runtime.dicom.parse.numbers import floats, number, whole
from runtime.dicom.parse.texts import text

SLICES: Final = 0x00540080  # SliceVector
LOCATIONS: Final = 0x00182005  # SliceLocationVector
# What else FrameIncrementPointer names (PS3.3 C.7.6.6, C.8.4.8): times, then energies, detectors, phases and angles.
OTHERS: Final = (
    *(0x00181063, 0x00181065),
    *(0x00540010, 0x00540020, 0x00540030, 0x00540050, 0x00540060, 0x00540070, 0x00540090, 0x00540100),
)


def is_series_of_times(dataset: Any) -> bool:
    """Tell whether frames differ in time, energy, detector or angle, so that no thickness is their distance.

    In nuclear medicine only reconstructed frames are slices (PS3.3 C.8.4.9.1).
    """
    kind = text(dataset.get("ImageType")).split("\\")
    if text(dataset.get("Modality")) == "NM" and len(kind) > 2:
        return not kind[2].startswith("RECON")
    named = _named(dataset)
    return SLICES not in named and any(tag in OTHERS for tag in named)


def locations(dataset: Any, frames: int) -> list[float | None]:
    """Return the SliceLocation of each frame (PS3.3 C.7.6.2.1.2), of several by the vector that they follow.

    Raises PermanentError (`input_unreadable`) for a vector of another length (C.8.6.3).
    """
    if frames == 1:
        return [number(dataset.get("SliceLocation"))]
    if LOCATIONS not in _named(dataset):
        return [None] * frames
    found = floats(dataset.get("SliceLocationVector"))
    if found is None or len(found) != frames:
        raise unreadable(f"The slice location vector does not have an entry for each of the {frames} frames.")
    return list(found)


def slice_numbers(dataset: Any, frames: int) -> list[int | None]:
    """Return which slice each frame is by SliceVector (PS3.3 C.8.4.8), None where the file does not say."""
    stated = floats(dataset.get("SliceVector")) if SLICES in _named(dataset) else None
    if stated is None or len(stated) != frames:
        return [None] * frames
    return [whole(each) for each in stated]


def _named(dataset: Any) -> list[int]:
    pointer = dataset.get("FrameIncrementPointer")
    return [pointer] if isinstance(pointer, int) else list(pointer or ())
