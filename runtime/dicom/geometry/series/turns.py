"""Volumes of places that were imaged in turn, at times that differ from place to place."""

from collections.abc import Iterator, Sequence
from math import isfinite
from typing import Final

from runtime.dicom.geometry.planes.plane import Plane
from runtime.dicom.geometry.regularity import SAME_PLACE

# Of a beating heart each slice is acquired in heartbeats of its own: the times of one phase differ.
TIMES: Final = (
    *("TriggerTime", "NominalCardiacTriggerDelayTime", "FrameReferenceTime", "AcquisitionTime", "ContentTime"),
    *("FrameReferenceDateTime", "FrameAcquisitionDateTime"),
)


def by_turn(planes: Sequence[Plane]) -> Iterator[tuple[str, list[list[int]]]]:
    """Yield, for each attribute that says when, its name with "Index", and the planes that each place has first, second
    and so on by it.

    Every place has as many planes, each at a time of its own. Nothing is yielded for other series.
    """
    places = _places(planes)
    turns = {len(place) for place in places}
    if len(turns) != 1 or turns == {1} or len(places) < 2:
        return
    for name in TIMES:
        times = [_time(plane, name) for plane in planes]
        stated = [[(times[index] or 0.0, index) for index in place if times[index] is not None] for place in places]
        if all(len({time for time, _ in place}) in turns for place in stated):
            ordered = [[index for _, index in sorted(place)] for place in stated]
            yield f"{name}Index", [list(turn) for turn in zip(*ordered, strict=True)]


def _places(planes: Sequence[Plane]) -> list[list[int]]:
    """Return the planes at each place along the normal; none if a place is unknown."""
    found: list[list[int]] = []
    heights = [(plane.height, index) for index, plane in enumerate(planes)]
    known = sorted((height, index) for height, index in heights if height is not None)
    if len(known) < len(planes):
        return []
    last = float("-inf")
    for height, index in known:
        if height - last > SAME_PLACE:
            found.append([])
        found[-1].append(index)
        last = height
    return found


def _time(plane: Plane, name: str) -> float | None:
    """Return a time as a number that grows with it: ms, or the digits of a date, hours, minutes and seconds."""
    try:
        value = float(dict(plane.distinction)[name])
    except (KeyError, ValueError):
        return None
    return value if isfinite(value) else None
