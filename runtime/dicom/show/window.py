"""Values to grey levels."""

from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from runtime.dicom.tables.table import Lut

Array = NDArray[Any]
Window = tuple[float, float]
Grey = NDArray[np.uint8]

FEW = 1 << 12  # pixels: computing each of them takes less than a table of the values that most images have
# The range that is shown if a file states no window: all but the extremes, which are often single hot pixels.
LARGEST = float(np.finfo(np.float64).max)
PERCENTILES = (0.5, 99.5)


def render(plane: Array, window: Window | None, *, invert: bool = False, function: str = "LINEAR") -> Grey:
    """Map values to 8-bit grey levels through a window.

    Parameters
    ----------
    plane : ndarray of any shape, integer or floating point; not-a-number is shown as the lowest value.
    window : (centre, width) in the plane's unit, or None for `value_window` of the plane.
    invert : whether the lowest value is shown white, as MONOCHROME1 asks.
    function : "LINEAR", "LINEAR_EXACT" or "SIGMOID" [1]_.

    Returns
    -------
    ndarray of uint8
        Same shape, 0 to 255.

    Raises
    ------
    ValueError
        If the width is not positive, or below 1 with "LINEAR", or the function is unknown.

    References
    ----------
    .. [1] DICOM PS3.3, C.11.2.1.2 and C.11.2.1.3, Window Center and Window Width, VOI LUT Function.

    Examples
    --------
    >>> import numpy as np
    >>> render(np.array([-1000, 40, 3000], np.int16), (40.0, 400.0)).tolist()
    [0, 128, 255]
    """
    chosen = value_window(plane) if window is None else window
    function = "LINEAR" if window is None else function
    if plane.dtype.kind in "iu" and plane.dtype.itemsize <= 2:
        if 0 < plane.size <= FEW:
            return _apply(plane.astype(np.float64), chosen, invert, function)
        # At most 65536 different values: one table, computed once in double precision, then a lookup a pixel.
        cells = plane.view(f"u{plane.dtype.itemsize}")
        bits = int(cells.max(initial=0)).bit_length()  # most images use 12 bits of 16
        # Clipped, though all lie within it: comparing each with the size takes longer.
        return _table(plane.dtype.str, bits, chosen, invert, function).take(cells, mode="clip")
    return _apply(plane.astype(np.float64), chosen, invert, function)


@lru_cache(maxsize=64)
def _table(dtype: str, bits: int, window: Window, invert: bool, function: str) -> Grey:
    values = np.arange(1 << bits, dtype=f"u{np.dtype(dtype).itemsize}").view(dtype)
    return _apply(values.astype(np.float64), window, invert, function)


def _apply(values: NDArray[np.float64], window: Window, invert: bool, function: str) -> Grey:
    """Return the grey levels of values, whose array is used up: each step in one of its own takes twice as long."""
    centre, width = window
    if width < 1 and function == "LINEAR":
        raise ValueError("a LINEAR window is at least 1 wide")
    if width <= 0:
        raise ValueError("a window is wider than 0")
    ramp = values
    with np.errstate(over="ignore", invalid="ignore"):
        if function == "LINEAR" and width == 1:  # a threshold: everything above the centre minus a half is white
            ramp = (values > centre - 0.5).astype(np.float64)
        elif function in ("LINEAR", "LINEAR_EXACT"):
            exact = function == "LINEAR_EXACT"
            ramp -= centre if exact else centre - 0.5
            ramp /= width if exact else width - 1
            ramp += 0.5
        elif function == "SIGMOID":
            ramp = 1 / (1 + np.exp(-4 * (values - centre) / width))
        else:
            raise ValueError(f"unknown VOI LUT function {function}")
        np.fmax(ramp, 0, out=ramp)  # of zero and not-a-number this is zero
    np.minimum(ramp, 1, out=ramp)
    ramp *= 255
    levels = np.rint(ramp, out=ramp).astype(np.uint8)
    return 255 - levels if invert else levels


def render_lut(plane: Array, lut: Lut, *, invert: bool = False) -> Grey:
    """Map values to 8-bit grey levels through a VOI lookup table; values outside it take its first or last entry."""
    return (255 - lut.levels if invert else lut.levels)[lut.indices(plane)]


def value_window(pixels: Array, padding: tuple[float, float] | None = None) -> Window:
    """Return the LINEAR window (centre, width) that spans the values, without extremes and those in `padding`."""
    values = pixels.ravel()
    if values.dtype.kind == "f":
        values = values[np.isfinite(values)]
    if padding is not None:
        values = values[(values < padding[0]) | (values > padding[1])]
    if values.size == 0:
        return 0.5, 1.0
    with np.errstate(over="ignore", invalid="ignore"):
        low, high = (float(v) for v in np.percentile(values, PERCENTILES))
    if not -np.inf < low < high < np.inf:  # nearly constant, such as a small mask; or hardly within double precision
        low, high = float(values.min()), float(values.max())
    return low / 2 + high / 2 + 0.5, min(high - low + 1, LARGEST)
