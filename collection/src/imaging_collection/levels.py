"""The value that divides others in two."""
# pyright: reportMissingTypeStubs=false, reportUnknownVariableType=false, reportUnknownMemberType=false
# pyright: reportUnknownArgumentType=false
# (scikit-image has no types)

from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from numpy.typing import NDArray

# Farther apart, only values that occur are bins: one for each of 32 bits would take 32 GiB.
MOST_LEVELS: Final = 1 << 20


def otsu_level(pixels: "NDArray[Any]") -> float:
    """Return Otsu's threshold of finite values that are not all equal: the last one of the lower class.

    Each integer value is a bin of the histogram; floating-point values are divided into 256 bins, of which it is a
    middle. OpenCV computes types of up to 16 bits, scikit-image the others; the results are the same.
    """
    import numpy as np

    native = np.ascontiguousarray(pixels, dtype=pixels.dtype.newbyteorder("=")).ravel()
    if native.dtype.kind in "iu" and native.dtype.itemsize <= 2:
        import cv2

        lowest = native.min()
        # the difference wraps round into what it is as an unsigned number
        above = np.subtract(native, lowest).view(f"uint{8 * native.dtype.itemsize}").astype(np.uint16, copy=False)
        level, _ = cv2.threshold(above[np.newaxis], 0, 1, cv2.THRESH_BINARY | cv2.THRESH_OTSU)
        return float(lowest) + level
    from skimage.filters import threshold_otsu

    if native.dtype.kind in "iu" and int(native.max()) - int(native.min()) > MOST_LEVELS:
        values, counts = np.unique(native, return_counts=True)
        return float(threshold_otsu(hist=(counts, values.astype(np.float64))))
    return float(threshold_otsu(native))
