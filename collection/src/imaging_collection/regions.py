"""Regions of truth values: the largest, its holes, its volume."""
# pyright: reportMissingTypeStubs=false, reportUnknownVariableType=false, reportUnknownMemberType=false
# pyright: reportUnknownArgumentType=false
# (SciPy has no types)

from math import prod
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from numpy.typing import NDArray

OUTSIDE = 2  # neither 0 nor 1


def largest(mask: "NDArray[Any]") -> "NDArray[Any]":
    """Return the largest region of a mask of shape (P, M, N) whose pixels touch by their faces; of equals the first."""
    import numpy as np
    from scipy import ndimage

    found: Any = ndimage.label(mask)
    labels, count = found
    if count < 2:
        return mask
    sizes = np.bincount(labels.ravel())
    sizes[0] = 0
    return labels == sizes.argmax()


def filled(mask: "NDArray[Any]") -> "NDArray[Any]":
    """Return a mask of shape (P, M, N) without holes: what no path within its plane leads out of belongs to it."""
    import cv2
    import numpy as np

    whole = np.empty(mask.shape, bool)
    for index, plane in enumerate(mask):
        # with a margin all around, so that all of the outside is one region
        marked = np.pad(plane.astype(np.uint8), 1)
        cv2.floodFill(marked, None, (0, 0), (OUTSIDE,))
        whole[index] = marked[1:-1, 1:-1] != OUTSIDE
    return whole


def volume_ml(mask: "NDArray[Any]", spacing: tuple[float, float, float]) -> float:
    """Return the volume of a mask, in ml, with the spacing in mm."""
    import numpy as np

    return float(np.count_nonzero(mask)) * prod(spacing) / 1000
