"""The median within one plane, by the fastest library that gives the bits of SciPy's."""
# pyright: reportMissingTypeStubs=false, reportUnknownVariableType=false
# (SciPy has no types)

from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

TAKEN: Final = ("uint16", "int16", "float32")  # by OpenCV's median of 3 x 3 and 5 x 5 pixels
STEPS: Final = 255  # of 8-bit pixels
PARTS: Final = 3  # times the window's side: with so many images of 8 bits OpenCV takes as long as SciPy


def filtered(plane: "NDArray[Any]", reach: tuple[int, int]) -> "NDArray[Any]":
    """Return the median of each pixel's window, which reaches so many rows and columns from its centre.

    The bits are those of `scipy.ndimage.median_filter` with `mode='nearest'`; whole numbers beyond 2**53, which that
    one rounds, stay as they are.
    """
    import numpy as np

    side, is_square = 2 * reach[0] + 1, reach[0] == reach[1]
    if not _is_ordered(plane):
        return _by_scipy(plane, reach)
    if is_square and (plane.dtype.name == "uint8" or (side <= 5 and plane.dtype.name in TAKEN)):
        return _by_opencv(plane, side)
    levels = np.unique(plane)
    if is_square and len(levels) <= PARTS * side * STEPS:
        return levels[_by_parts(_ranks(plane, levels), len(levels), side)]
    if plane.dtype.name in ("int64", "uint64"):  # SciPy computes in double precision, which does not hold all of them
        return levels[_by_scipy(_ranks(plane, levels), reach)]
    return _by_scipy(plane, reach)


def _ranks(plane: "NDArray[Any]", levels: "NDArray[Any]") -> "NDArray[np.intp]":
    """Return for each pixel the index of its value among all values of the plane, ascending."""
    import numpy as np

    if plane.dtype.kind == "f" or int(levels[-1]) - int(levels[0]) >= 1 << 16:
        return np.searchsorted(levels, plane)
    above, places = (each.astype(np.intp) - levels[0].astype(np.intp) for each in (levels, plane))
    table = np.zeros(int(above[-1]) + 1, np.intp)
    table[above] = np.arange(len(levels))
    return table[places]


def _by_parts(ranks: "NDArray[Any]", count: int, side: int) -> "NDArray[Any]":
    """Return the median of ranks as a sum: a rank is the sum of its parts of 8 bits, each of which rises with it."""
    import numpy as np

    total, steps = np.zeros(ranks.shape, np.intp), np.arange(count)
    for start in range(0, count - 1, STEPS):
        total += _by_opencv(np.clip(steps - start, 0, STEPS).astype(np.uint8)[ranks], side)
    return total


def _is_ordered(plane: "NDArray[Any]") -> bool:
    """Return whether values have the same order for both: none is NaN or negative zero."""
    import numpy as np

    return plane.dtype.kind != "f" or not (np.isnan(plane).any() or (np.signbit(plane) & (plane == 0)).any())


def _by_opencv(plane: "NDArray[Any]", side: int) -> "NDArray[Any]":
    import cv2

    return cv2.medianBlur(plane, side).reshape(plane.shape)


def _by_scipy(plane: "NDArray[Any]", reach: tuple[int, int]) -> "NDArray[Any]":
    import numpy as np
    from scipy.ndimage import median_filter

    size = [2 * pixels + 1 for pixels in reach] + [1] * (plane.ndim - 2)
    # SciPy has no half precision; single holds every such value
    taken = plane.astype(np.float32) if plane.dtype == np.float16 else plane
    return median_filter(taken, size=size, mode="nearest")
