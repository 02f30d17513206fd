"""What a picture's values are: cells to values by the arithmetic of PS3.3 and PS3.5, in 64 bits and without tables."""

from collections.abc import Sequence
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from bench.matrix.case import Case

Array = NDArray[Any]
# PS3.3 C.7.6.3.1.2, solved for red, green and blue.
RED, BLUE = 1.402, 1.772
GREEN: Final = (-0.114 * BLUE / 0.587, -0.299 * RED / 0.587)


def bits(cells: Array, case: Case) -> Array:
    """Return the stored values of cells (PS3.5 8.1.1): by division and remainder, not by shifts."""
    if case.floating:
        return cells
    exact = cells.astype(object) if case.allocated == 64 else cells.astype(np.int64)
    values = (exact % (1 << (case.top + 1))) // (1 << (case.top + 1 - case.stored))
    if case.signed:
        values = np.where(values >= 1 << (case.stored - 1), values - (1 << case.stored), values)
    return values.astype(np.int64 if case.signed or case.allocated < 64 else np.uint64)


def colours(values: Array, case: Case) -> Array:
    """Return red, green and blue."""
    if not case.photometric.startswith("YBR_FULL"):
        return values
    luma, blue, red = (values[..., at].astype(np.float64) - (128 if at else 0) for at in range(3))
    found = np.stack([luma + RED * red, luma + GREEN[0] * blue + GREEN[1] * red, luma + BLUE * blue], axis=-1)
    return np.clip(np.floor(found + 0.5), 0, 255).astype(np.uint8)


def entries(values: Array, first: int, table: Sequence[int]) -> Array:
    """Return the entry of each value (PS3.3 C.11.1.1): those outside take the first or the last."""
    places = np.minimum(np.maximum(values.astype(np.int64) - first, 0), len(table) - 1)
    return np.array(table, np.int64)[places]


def levels(values: Array, centre: float, width: float, function: str) -> NDArray[np.uint8]:
    """Return grey levels from 0 to 255 (PS3.3 C.11.2.1.2 and C.11.2.1.3), in the words of the standard."""
    x = values.astype(np.longdouble)
    c, w = np.longdouble(centre), np.longdouble(width)
    if function == "SIGMOID":
        with np.errstate(over="ignore"):
            return np.rint(255 / (1 + np.exp(-4 * (x - c) / w))).astype(np.uint8)
    if function == "LINEAR":
        c, w = c - np.longdouble("0.5"), w - 1
    ramp = ((x - c) / w + np.longdouble("0.5")) * 255 if w else np.zeros_like(x)
    ends = [x <= c - w / 2, x > c + w / 2]
    return np.rint(np.select(ends, [np.zeros_like(x), np.full_like(x, 255)], ramp)).astype(np.uint8)
