"""Planes to a stack: their order, their distance, and whether they belong together at all."""

from collections import Counter
from collections.abc import Sequence
from typing import Final, Literal, get_args

import numpy as np

from algorithms.declaration import Needs
from runtime.dicom.geometry.alike import check_alike, check_meanings
from runtime.dicom.geometry.planes.plane import Plane
from runtime.dicom.geometry.regularity import ALONE, SAME_PLACE, check_apart, check_regular, even_spacing, spacing
from runtime.dicom.geometry.unplaced import check_unplaced, location_step
from runtime.dicom.parse.guard import unsupported
from runtime.errors import PermanentError

ALIKE: Final = 0.999  # cosine of normals that look the same when they are rounded
SAME_DIRECTION: Final = 1e-3  # of a direction cosine: scanners round them


def order(planes: Sequence[Plane]) -> list[int]:
    """Return the indices of the planes along their normal; by InstanceNumber if a plane has no position."""
    heights = [plane.height for plane in planes]
    if any(height is None for height in heights) or not _parallel(planes):
        return sorted(range(len(planes)), key=lambda index: planes[index].number or 0)
    # Planes at one place (a cine) keep the order of their numbers.
    return sorted(range(len(planes)), key=lambda i: (round((heights[i] or 0.0) / SAME_PLACE), planes[i].number or 0))


def check(planes: Sequence[Plane], needs: Needs = "regular") -> None:
    """Refuse planes that are not a stack: an algorithm must get neither a volume that never was nor a part of one.

    "any" takes whatever one array can hold; "resampled" takes parallel planes, each at a place of its own.
    Raises PermanentError (`input_unsupported`).
    """
    sizes = Counter(f"{plane.rows} x {plane.columns}" for plane in planes)
    if len(sizes) > 1:
        listed = ", ".join(f"{count} of {size}" for size, count in sizes.most_common())
        raise unsupported(f"The planes differ in size ({listed}); {ALONE}.", "sizes")
    if needs != "any" and not _parallel(planes):
        raise unsupported(f"The planes differ in orientation ({_directions(planes)}); {ALONE}.", "orientations")
    spacings = np.array([plane.pixel_spacing for plane in planes])
    if not np.allclose(spacings, spacings[0], rtol=1e-3):
        raise unsupported(f"The planes differ in pixel spacing; {ALONE}.", "pixel_spacings")
    if len({plane.unit for plane in planes}) > 1:
        raise unsupported(f"Some planes are in {planes[0].unit or 'no unit'} and some are not; {ALONE}.", "units")
    check_alike(planes)
    if needs == "any":
        check_meanings(planes)
        return
    if any(_is_mosaic(plane) for plane in planes):
        # Siemens: the slices of a volume side by side, with the position of the whole picture.
        raise unsupported(
            "The image is a mosaic of several slices (ImageType MOSAIC), whose places no public attribute states; "
            "store the slices as images of their own.",
            "mosaic",
        )
    frames = Counter(plane.frame_of_reference for plane in planes)
    if len(frames) > 1:
        # Positions in two frames of reference cannot be compared (PS3.3 C.7.4.1), nor those in one that is not named.
        unnamed = f" ({frames['']} of the {len(planes)} without one)" if frames[""] else ""
        raise unsupported(f"The planes have different frames of reference{unnamed}; {ALONE}.", "frames_of_reference")
    ordered = [planes[index] for index in order(planes)]
    check_unplaced(ordered)
    if needs == "regular":
        check_regular(ordered)
    else:
        check_apart(ordered)
    check_meanings(planes)  # last, as a frame without a place may be why its spacing means something else


def irregularity(planes: Sequence[Plane], needs: Needs = "regular") -> str | None:
    """Return why planes are not what an algorithm needs, one sentence, or None if they are."""
    found = irregularity_of(planes, needs)
    return found and found[1]


def irregularity_of(planes: Sequence[Plane], needs: Needs = "regular") -> tuple[str, str] | None:
    """Return why planes are not what an algorithm needs, as a word and a sentence, or None if they are."""
    try:
        check(planes, needs)
    except PermanentError as error:
        return error.kind, error.message
    return None


def good_for(planes: Sequence[Plane]) -> tuple[Needs, ...]:
    """Return what the planes satisfy of what algorithms need."""
    return tuple(needs for needs in get_args(Needs) if irregularity(planes, needs) is None)


def plane_spacing(ordered: Sequence[Plane]) -> float:
    """Return the distance between neighbouring planes in mm: from positions or SliceLocations, else the header, else 1.

    `plane_spacing_meaning` says which. Of planes that are not evenly spaced it is the mean.
    """
    stated = (plane.plane_spacing for plane in ordered)
    measured = measured_spacing(ordered) or _mean_spacing(ordered)
    return measured or next((each for each in stated if each is not None), 1.0)


def measured_spacing(ordered: Sequence[Plane]) -> float | None:
    """Return the distance between neighbouring planes by their positions or SliceLocations, in mm.

    None if it is unknown, or not the same for all.
    """
    return (even_spacing(ordered) if _parallel(ordered) else None) or location_step(ordered)


def plane_spacing_meaning(ordered: Sequence[Plane]) -> Literal["measured", "mean", "stated", "unknown"]:
    """Return whether the distance between planes is that of their positions, a mean, the header's, or none."""
    if measured_spacing(ordered):
        return "measured"
    if _mean_spacing(ordered):
        return "mean"
    return "stated" if any(plane.plane_spacing is not None for plane in ordered) else "unknown"


def direction(plane: Plane) -> tuple[float, ...]:
    """Return the nine cosines of the pixel grid's axes as SimpleITK keeps them, the identity if unknown."""
    if plane.orientation is None or plane.normal is None:
        return (1.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 1.0)
    x, y = plane.orientation[:3], plane.orientation[3:]
    return tuple(float(cosine) for axis in zip(x, y, plane.normal, strict=True) for cosine in axis)


def _mean_spacing(ordered: Sequence[Plane]) -> float | None:
    return spacing(ordered) if _parallel(ordered) else None


def _is_mosaic(plane: Plane) -> bool:
    return "MOSAIC" in dict(plane.distinction).get("ImageType", "").split("\\")


def _directions(planes: Sequence[Plane]) -> str:
    stated = np.array([plane.orientation for plane in planes if plane.orientation is not None]).reshape(-1, 2, 3)
    normals = np.cross(stated[:, 0], stated[:, 1])
    if len(stated) == len(planes) and float((normals @ normals[0]).min()) > ALIKE:
        cosines = (stated * stated[0]).sum(axis=2).clip(-1, 1)
        return f"turned by up to {float(np.degrees(np.arccos(cosines)).max()):.2g} degrees"
    counts = Counter(plane.orientation and tuple(round(each, 2) for each in plane.normal or ()) for plane in planes)
    return ", ".join(f"{count} towards {towards or 'no stated direction'}" for towards, count in counts.most_common(3))


def _parallel(planes: Sequence[Plane]) -> bool:
    stated = [plane.orientation for plane in planes if plane.orientation is not None]
    if not stated:
        return True
    return len(stated) == len(planes) and bool(np.allclose(np.array(stated), stated[0], atol=SAME_DIRECTION))
