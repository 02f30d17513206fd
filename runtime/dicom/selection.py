"""Which frames of which files an image is read from: all of a series, or those of one volume."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from runtime.dicom.geometry.planes.plane import Plane
from runtime.dicom.geometry.planes.planes import describe
from runtime.dicom.geometry.series.choice import choose
from runtime.dicom.parse.load import has_pixels, load
from runtime.dicom.pixels.decode import Array, decode


@dataclass(frozen=True, slots=True)
class Selected:
    """A parsed file with the planes of its frames that were chosen.

    Parameters
    ----------
    frames : which they are, from 0; None if that is all.
    distinction : what tells the chosen volume from others of its series; None if none was chosen.
    """

    dataset: Any
    planes: Sequence[Plane]
    frames: Sequence[int] | None = None
    distinction: Mapping[str, str] | None = None

    def decoded(self) -> Array:
        """Return the stored values of these frames, as `decode` does. Raises as it does."""
        if self.frames is None:
            return decode(self.dataset)
        return np.concatenate([decode(self.dataset, frame) for frame in self.frames])


def select(paths: Sequence[Path], volume_id: str | None = None) -> list[Selected]:
    """Parse the files that have pixels: all, or those that a volume of theirs has planes in.

    Raises PermanentError: `input_unreadable`, `input_unsupported`, `input_not_found` for an unknown volume.
    """
    if volume_id is None:
        pictured = [dataset for dataset in map(load, paths) if has_pixels(dataset)]
        return [Selected(dataset, describe(dataset)) for dataset in pictured]
    # The headers first: the pixels of the other volumes are never in memory.
    headers = [(path, load(path, header_only=True)) for path in paths]
    described = [(path, describe(header)) for path, header in headers if has_pixels(header)]
    if not described:
        return []
    places = [(at, frame) for at, (_, planes) in enumerate(described) for frame in range(len(planes))]
    chosen = choose([plane for _, planes in described for plane in planes], volume_id)
    frames: dict[int, list[int]] = {}
    for at, frame in sorted(places[place] for place in chosen.places):
        frames.setdefault(at, []).append(frame)
    return [
        Selected(load(described[at][0]), [described[at][1][frame] for frame in some], some, chosen.distinction)
        for at, some in frames.items()
    ]
