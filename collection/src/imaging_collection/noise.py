"""How strong the noise of a plane is."""
# pyright: reportMissingTypeStubs=false, reportUnknownVariableType=false, reportUnknownMemberType=false
# (SciPy has no types)

import math
from typing import TYPE_CHECKING, Any

from imaging_collection.inputs import as_float

if TYPE_CHECKING:
    from numpy.typing import NDArray


def noise_of(plane: "NDArray[Any]", within: "NDArray[Any] | None" = None) -> float:
    """Return the standard deviation of white noise in a plane of shape (M, N), in the image's unit.

    Immerkær, Computer Vision and Image Understanding 64(2):300-302 (1996), doi:10.1006/cviu.1996.0060: the difference
    of two Laplacians, which neither constant values, slopes nor straight edges reach, leaves the noise, six times as
    strong. `within`, truth values of the same shape, says which pixels count; one that lies on the border or beside
    one that does not count is left out. NaN if none is left.
    """
    import numpy as np
    from scipy import ndimage

    values = as_float(plane)
    if min(values.shape) < 3:
        return math.nan
    # [1, -2, 1] along rows, then along columns
    second: NDArray[Any] = np.diff(np.diff(values, 2, axis=0), 2, axis=1)
    if within is not None:
        inner: Any = ndimage.binary_erosion(within, np.ones((3, 3), bool))[1:-1, 1:-1]
        second = second[inner]
    if second.size == 0:
        return math.nan
    return math.sqrt(math.pi / 2) * float(np.abs(second).mean(dtype=np.float64)) / 6
