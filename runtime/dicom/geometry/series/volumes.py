"""A series of several volumes to these volumes, each with what distinguishes it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from itertools import combinations
from typing import Final

import numpy as np

from runtime.dicom.geometry.planes.plane import Plane
from runtime.dicom.geometry.regularity import SAME_PLACE
from runtime.dicom.geometry.series.turns import by_turn
from runtime.dicom.geometry.stack import irregularity, order

SIZE, DIRECTION, SPACING, FRAME = "Size", "Orientation", "PixelSpacing", "FrameOfReferenceUID"
KIND, MEASURED = "Kind", "ModalityAndUnit"
MOST_TOGETHER: Final = 2  # attributes that distinguish volumes together, such as echo and time point
ID_LENGTH: Final = 16  # hexadecimal digits
MANY: Final = 10_000  # planes: with more, only single attributes are tried, which takes a second


@dataclass(frozen=True, slots=True)
class Volume:
    """Planes that are a volume: their places in the series, along the normal, and what only they have."""

    distinction: dict[str, str]
    places: tuple[int, ...]

    @property
    def id(self) -> str:
        """The name by which a job asks for it: of what distinguishes it, whatever other files the series has.

        It tells nothing of the attributes themselves, which may be times of the patient's examination.
        """
        text = "\n".join(f"{name}={value}" for name, value in sorted(self.distinction.items()))
        return sha256(text.encode()).hexdigest()[:ID_LENGTH]


def volumes_of(planes: Sequence[Plane]) -> list[Volume]:
    """Return the volumes of a series: the series itself if it is one, or none if it cannot be split into volumes.

    Of the attributes that split it, those that make the fewest volumes count: every volume is regular, and at least
    one has several planes. If none does, volumes are made by the turn in which each place was imaged.
    """
    if irregularity(planes) is None:
        return [Volume({}, tuple(order(planes)))]
    stated = [_stated(plane) for plane in planes]
    names = [name for name in dict.fromkeys(name for each in stated for name in each) if _differs(name, stated)]
    for together in range(1, 1 + (MOST_TOGETHER if len(planes) <= MANY else 1)):
        splits = [_split(chosen, stated) for chosen in combinations(names, together)]
        for split in sorted((each for each in splits if len(each) < len(planes)), key=len):
            if _are_apart(split.values(), planes) and all(_is_volume(some, planes) for some in split.values()):
                return [_volume(key, some, planes) for key, some in split.items()]
    for name, split in by_turn(planes):
        if all(_is_volume(some, planes) for some in split):
            return [_volume(((name, str(turn)),), some, planes) for turn, some in enumerate(split, 1)]
    return []


def _stated(plane: Plane) -> dict[str, str]:
    towards = "\\".join(f"{each + 0.0:.3g}" for each in np.round(plane.orientation or (), 2))
    return {
        SIZE: f"{plane.rows} x {plane.columns}",
        DIRECTION: towards,
        SPACING: "\\".join(f"{each:.4g}" for each in plane.pixel_spacing),
        FRAME: plane.frame_of_reference,
        **dict(plane.distinction),
        KIND: plane.kind,
        MEASURED: plane.measured,
    }


def _differs(name: str, stated: Sequence[dict[str, str]]) -> bool:
    return 1 < len({each.get(name, "") for each in stated}) < len(stated)


def _split(names: Sequence[str], stated: Sequence[dict[str, str]]) -> dict[tuple[tuple[str, str], ...], list[int]]:
    found: dict[tuple[tuple[str, str], ...], list[int]] = {}
    for index, each in enumerate(stated):
        found.setdefault(tuple((name, each.get(name, "")) for name in names), []).append(index)
    return found


def _are_apart(split: Iterable[Sequence[int]], planes: Sequence[Plane]) -> bool:
    """Tell, at little cost, whether no volume has two planes at one place."""
    for some in split:
        heights = [planes[index].height for index in some]
        if len(some) > 1 and (None in heights or len({round((h or 0.0) / SAME_PLACE) for h in heights}) < len(some)):
            return False
    return True


def _is_volume(some: Sequence[int], planes: Sequence[Plane]) -> bool:
    return irregularity([planes[index] for index in some]) is None


def _volume(key: tuple[tuple[str, str], ...], some: Sequence[int], planes: Sequence[Plane]) -> Volume:
    return Volume(dict(key), tuple(some[place] for place in order([planes[index] for index in some])))
