"""Where the tiles of a slide lie if only their order says so (PS3.3 C.7.6.17.3)."""

from typing import Any, Final

import numpy as np

from runtime.dicom.geometry.planes.levels import find, levels_of
from runtime.dicom.geometry.planes.placement import Placement, cosines
from runtime.dicom.geometry.planes.spacing import pixel_spacing, plane_spacing
from runtime.dicom.parse.guard import unreadable
from runtime.dicom.parse.numbers import number, whole
from runtime.dicom.parse.texts import text
from runtime.dicom.pixels.layout import Layout

FRAMES_MOST: Final = 2**31 - 1  # UL of which IS can name the frames


def by_tile(dataset: Any, form: Layout) -> list[Placement] | None:
    """Return the frames' places in a total pixel matrix that is tiled in full; None for other files.

    Tiles follow one another row by row, then for each focal plane, then for each optical path or segment. A file may be
    a part of them (a concatenation, PS3.3 C.7.6.16.2.2.4), and says how many come before its first.

    Raises PermanentError (`input_unreadable`).
    """
    before = whole(dataset.get("ConcatenationFrameOffsetNumber"))
    if (form.frames == 1 and before is None) or text(dataset.get("DimensionOrganizationType")) != "TILED_FULL":
        return None
    columns, rows = (whole(dataset.get(f"TotalPixelMatrix{each}")) for each in ("Columns", "Rows"))
    if not columns or not rows or columns < 0 or rows < 0:
        raise unreadable("The file says TILED_FULL, but not how large the picture is that its tiles make.")
    across, down = -(-columns // form.columns), -(-rows // form.rows)
    if before is not None and not 0 <= before <= FRAMES_MOST:
        raise unreadable("The file is a part of a picture, but does not say which (ConcatenationFrameOffsetNumber).")
    if before is None and form.frames % (across * down):
        raise unreadable(f"The file's {form.frames} tiles do not make pictures of {down} x {across} tiles.")
    origins = dataset.get("TotalPixelMatrixOriginSequence") or ()
    start = [number(find(origins, (), f"{axis}OffsetInSlideCoordinateSystem")) for axis in "XY"]
    orientation = cosines(dataset.get("ImageOrientationSlide"))
    if None in start or orientation is None:
        raise unreadable("The file says TILED_FULL, but not where the picture lies that its tiles make.")
    levels = next(levels_of(dataset, form.frames))
    (height, width), _ = pixel_spacing(levels, placed=True)
    focal = whole(dataset.get("TotalPixelMatrixFocalPlanes")) or 1
    step = plane_spacing(levels) or 0.0
    directions = np.array(orientation).reshape(2, 3)
    placed: list[Placement] = []
    for index in range(before or 0, (before or 0) + form.frames):
        tile, layer = index % (across * down), index // (across * down) % focal
        place = np.array([*start, layer * step], float) + directions[0] * (tile % across) * form.columns * width
        place += directions[1] * (tile // across) * form.rows * height
        placed.append((tuple(float(each) for each in place), orientation))
    return placed
