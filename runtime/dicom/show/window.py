"""Values to grey levels."""

from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from runtime.dicom.tables.table import Lut

Array = NDArray[Any]
Window = tuple[float, float]
Grey = NDArray[np.uint8]

FEW = 1 << 10  # pixels: computing each of them takes less than a table of the values that most windows have
# The first and the last value of types that have at most 65,536: a table of grey levels is possible.
LIMITS = {code: (int(np.iinfo(code).min), int(np.iinfo(code).max)) for code in "bBhH"}
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
    if plane.dtype.char in LIMITS:
        if 0 < plane.size <= FEW:
            return _apply(plane.astype(np.float64), chosen, invert, function)
        if plane.dtype.char == "B":
            table = _table(0, 256, chosen, invert, function).tobytes()
            return np.frombuffer(bytearray(plane.tobytes()).translate(table), np.uint8).reshape(plane.shape)
        low, end = _shown(plane, chosen, function)
        # An index of 64 bits is what numpy takes by; one below or above the table is clipped to its end.
        cells = np.subtract(plane, low, dtype=np.intp)
        return _table(low, end, chosen, invert, function).take(cells, mode="clip")
    return _apply(plane.astype(np.float64), chosen, invert, function)


def _shown(plane: Array, window: Window, function: str) -> tuple[int, int]:
    """Return a range of whole numbers, without its end, beyond which all values are shown like its first or last."""
    centre, width = window
    first, last = LIMITS[plane.dtype.char]
    if function == "SIGMOID":  # which nowhere is quite black or white
        return first, last + 1
    # Beyond its ends, a window is black or white; the double precision of the ends matters less than two values do.
    low, high = centre - width / 2 - 2, centre + width / 2 + 2
    return int(min(max(low, first), last)), int(max(min(high, last), first)) + 1


@lru_cache(maxsize=64)
def _table(low: int, end: int, window: Window, invert: bool, function: str) -> Grey:
    """Return the grey levels of whole numbers, computed once in double precision."""
    return _apply(np.arange(low, end, dtype=np.float64), window, invert, function)


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
