"""Stored values to what they mean: by the modality table, or as the colours of a supplemental palette."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from runtime.dicom.geometry.planes.plane import Plane
from runtime.dicom.parse.guard import reading
from runtime.dicom.pixels.read_layout import layout
from runtime.dicom.rescale import looked_up, rescale
from runtime.dicom.show.look import look_of, picture
from runtime.dicom.show.window import value_window
from runtime.dicom.tables.palette import Palette, painted, read_palette

Array = NDArray[Any]


def meant(stored: Array, dataset: Any, planes: Sequence[Plane]) -> Array:
    """Return decoded frames with the modality table applied; colours, of shape (P, M, N, 3), stay as they are.

    Of a file with a supplemental palette all frames become colours, each value of which is either grey or an index.

    Raises PermanentError (`input_unreadable`) for a damaged table.
    """
    if stored.ndim == 4:
        return stored
    if not layout(dataset).supplemental:
        return looked_up(stored, dataset)
    palette = read_palette(dataset)
    with reading("The file's header"):
        frames = zip(stored, planes, strict=True)
        return np.stack([_supplemented(frame, dataset, plane, palette) for frame, plane in frames])


def _supplemented(stored: Array, dataset: Any, plane: Plane, palette: Palette) -> NDArray[np.uint8]:
    """Return the colours of the values from the palette's first one on, and the grey levels of those below.

    PS3.3 C.7.6.19, PS3.4 N.2.1: modality and VOI concern the grey values alone. A frame may be MONOCHROME for itself
    (PS3.3 C.8.16.2).
    """
    is_index = np.zeros(stored.shape, np.bool_) if plane.is_monochrome else stored >= palette[0].first
    values = rescale([looked_up(stored, dataset)], [plane])[0]
    grey = picture(values, look_of(dataset, plane), otherwise=value_window(values[~is_index]))
    return np.where(is_index[..., np.newaxis], painted(stored, palette), grey[..., np.newaxis])
