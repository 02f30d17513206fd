"""How alike two arrays of the same shape are."""

import math
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from numpy.typing import NDArray

SIDE: Final = 7  # pixels of the windows of SSIM
BINS: Final = 64  # of each image's values, for mutual information


def correlation(one: "NDArray[Any]", other: "NDArray[Any]") -> float:
    """Return Pearson's correlation of two lists of values, from -1 to 1; NaN if all values of one are equal."""
    import numpy as np

    one, other = one - one.mean(), other - other.mean()
    spread = math.sqrt(float(one @ one) * float(other @ other))
    return float(np.clip(float(one @ other) / spread, -1, 1)) if spread else math.nan


def mutual_information(one: "NDArray[Any]", other: "NDArray[Any]") -> float:
    """Return what a value of one list tells about that of the other, in bits, from a joint histogram of 64 x 64."""
    import numpy as np

    joint = np.bincount(_binned(one) * BINS + _binned(other), minlength=BINS * BINS).reshape(BINS, BINS)
    joint = joint / joint.sum()
    independent = joint.sum(1)[:, np.newaxis] * joint.sum(0)
    seen = joint > 0
    return max(0.0, float((joint[seen] * np.log2(joint[seen] / independent[seen])).sum()))


def structural_similarity(one: "NDArray[Any]", other: "NDArray[Any]", within: "NDArray[Any]") -> float:
    """Return the mean structural similarity of the planes of two volumes, from -1 to 1.

    Wang et al., IEEE Transactions on Image Processing 13(4):600-612 (2004), doi:10.1109/TIP.2003.819861, in windows of
    7 x 7 pixels that lie within the truth values `within`; NaN if there is no such window.
    """
    import cv2
    import numpy as np

    low, high = min(one[within].min(), other[within].min()), max(one[within].max(), other[within].max())
    width = float(high) - float(low) or 1.0
    middle = (float(low) + float(high)) / 2
    steady, contrast = (0.01 * width) ** 2, (0.03 * width) ** 2
    unbiased = SIDE**2 / (SIDE**2 - 1)
    total, count = 0.0, 0
    for first, second, counts in zip(one, other, within, strict=True):
        whole = cv2.erode(counts.astype(np.uint8), np.ones((SIDE, SIDE)), borderType=cv2.BORDER_CONSTANT, borderValue=0)
        if not whole.any():
            continue
        # from the middle of the values on, whose squares leave small differences exact
        x, y = (each.astype(np.float64) - middle for each in (first, second))
        mean_x, mean_y = _mean(x), _mean(y)
        variances = unbiased * (_mean(x * x) - mean_x**2 + _mean(y * y) - mean_y**2)
        together = unbiased * (_mean(x * y) - mean_x * mean_y)
        mean_x, mean_y = mean_x + middle, mean_y + middle
        luminance = (2 * mean_x * mean_y + steady) / (mean_x**2 + mean_y**2 + steady)
        map_ = luminance * (2 * together + contrast) / (variances + contrast)
        total += float(map_[whole > 0].sum())
        count += int(np.count_nonzero(whole))
    return total / count if count else math.nan


def _mean(plane: "NDArray[Any]") -> "NDArray[Any]":
    import cv2

    return cv2.blur(plane, (SIDE, SIDE)).reshape(plane.shape)


def _binned(values: "NDArray[Any]") -> "NDArray[Any]":
    import numpy as np

    low, high = float(values.min()), float(values.max())
    if low == high:
        return np.zeros(values.shape, np.int64)
    return np.minimum(((values - low) * (BINS / (high - low))).astype(np.int64), BINS - 1)
