"""Whether planes make a volume: each lies one step along the normal from the one before."""

from collections.abc import Sequence
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from runtime.dicom.geometry.planes.plane import Plane
from runtime.dicom.parse.guard import unsupported
from runtime.errors import PermanentError

# How far a plane may lie from its place in the grid: headers round positions.
ALONG: Final = 0.1  # of the step, along the normal
ACROSS: Final = 0.5  # of a pixel, within the plane
SAME_PLACE: Final = 1e-3  # mm
MOST_ADDED: Final = 2  # times as many planes may be interpolated as there are
ALONE: Final = "send images one by one"


def check_regular(ordered: Sequence[Plane]) -> None:
    """Refuse planes that are not first + k * step * normal. Raises PermanentError (`input_unsupported`)."""
    heights = _checked_heights(ordered)
    if heights is None:
        return
    positions = np.array([plane.position for plane in ordered], float)
    gaps = np.diff(heights)
    normal = np.array(ordered[0].normal)
    step = float(heights[-1] - heights[0]) / len(gaps)
    off = heights - (heights[0] + step * np.arange(len(ordered)))
    if float(np.abs(off).max()) > ALONG * step:
        raise _uneven(ordered, gaps)
    sideways = positions - positions[0] - np.outer(heights - heights[0], normal)
    furthest = int(np.linalg.norm(sideways, axis=1).argmax())
    shift = float(np.linalg.norm(sideways[furthest]))
    if shift > ACROSS * min(ordered[0].pixel_spacing):
        raise unsupported(_sheared(positions, sideways, normal, shift), "shifted")


def check_apart(ordered: Sequence[Plane]) -> None:
    """Refuse planes between which nothing can be interpolated. Raises PermanentError (`input_unsupported`)."""
    heights = _checked_heights(ordered)
    if heights is None:
        return
    gaps = np.diff(heights)
    usual = float(np.median(gaps))
    if float(gaps.sum()) / usual > MOST_ADDED * len(gaps):
        raise _uneven(ordered, gaps)


def spacing(ordered: Sequence[Plane]) -> float | None:
    """Return the mean distance between neighbouring planes, (last - first) / (n - 1), in mm; None if unknown."""
    if len(ordered) < 2 or ordered[0].height is None or ordered[-1].height is None:
        return None
    mean = abs(ordered[-1].height - ordered[0].height) / (len(ordered) - 1)
    return mean if mean > SAME_PLACE else None


def even_spacing(ordered: Sequence[Plane]) -> float | None:
    """Return the distance between neighbouring planes in mm; None if it is unknown, or not the same for all."""
    step, heights = spacing(ordered), [plane.height for plane in ordered]
    if step is None or None in heights:
        return None
    places = np.array(heights, float)
    off = np.abs(places - places[0]) - step * np.arange(len(places))
    return step if float(np.abs(off).max()) <= ALONG * step else None


def _checked_heights(ordered: Sequence[Plane]) -> NDArray[Any] | None:
    """Return the planes' places along the normal, in mm, each its own; None if there is nothing to compare."""
    if len(ordered) < 2 or not any(plane.position for plane in ordered):
        return None
    placed = [plane.height is not None for plane in ordered]
    if not all(placed):
        raise unsupported(
            f"{placed.count(False)} of the {len(placed)} planes do not say where they lie; {ALONE}.", "unplaced"
        )
    heights = np.array([plane.height for plane in ordered], float)
    _check_same(ordered, np.diff(heights))
    return heights


def _check_same(ordered: Sequence[Plane], gaps: NDArray[Any]) -> None:
    at = int(gaps.argmin())
    if gaps[at] > SAME_PLACE:
        return
    one, other = ordered[at], ordered[at + 1]
    if one.instance and one.instance == other.instance and len({plane.instance for plane in ordered}) > 1:
        raise unsupported(f"The same image occurs twice ({_name(ordered, at)}); {ALONE}.", "twice")
    apart = float(np.linalg.norm(np.subtract(one.position or (), other.position or ())))
    if apart > ACROSS * min(one.pixel_spacing):
        raise unsupported(
            f"The planes lie beside one another, {_name(ordered, at)} and {_name(ordered, at + 1)} {apart:.3g} mm "
            f"apart in the same plane (tiles of one picture); {ALONE}.",
            "tiles",
        )
    places = 1 + int((gaps > SAME_PLACE).sum())
    raise unsupported(
        f"There are {len(ordered)} planes at {places} position{'s' * (places > 1)}, one of {_name(ordered, at)} and "
        f"{_name(ordered, at + 1)} (time points, echoes, series or copies on top of one another); {ALONE}.",
        "same_place",
    )


def _name(ordered: Sequence[Plane], at: int) -> str:
    """Return a plane's name for a person: its InstanceNumber if each plane has one of its own."""
    if len({plane.number for plane in ordered}) == len(ordered):
        return f"image {ordered[at].number}"
    return f"plane {at + 1}"


def _uneven(ordered: Sequence[Plane], gaps: NDArray[Any]) -> PermanentError:
    usual = float(np.median(gaps))
    at = int(np.abs(gaps - usual).argmax())
    between = f"{gaps[at]:.3g} mm between {_name(ordered, at)} and {_name(ordered, at + 1)}"
    multiples = np.rint(gaps / usual)
    if (multiples >= 1).all() and bool((np.abs(gaps - multiples * usual) <= ALONG * usual).all()):
        count = int((multiples - 1).sum())
        missing = "A slice seems to be missing" if count == 1 else f"{count} slices seem to be missing"
        return unsupported(f"{missing}: there are {between}, elsewhere {usual:.3g} mm; {ALONE}.", "missing_slices")
    return unsupported(
        f"The planes are not evenly spaced: there are {between}, most often {usual:.3g} mm; {ALONE}.", "uneven"
    )


def _sheared(positions: NDArray[Any], sideways: NDArray[Any], normal: NDArray[Any], shift: float) -> str:
    whole = positions[-1] - positions[0]
    along = float(whole @ normal)
    angle = float(np.degrees(np.arctan2(np.linalg.norm(sideways[-1]), abs(along))))
    return (
        f"The planes are shifted sideways, by up to {shift:.3g} mm (a gantry tilt of {angle:.1f} degrees, or planes of "
        f"several series); {ALONE}."
    )
