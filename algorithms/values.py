"""Bringing computed values back into the type of the pixels they came from."""

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray


def converted(values: ArrayLike, like: NDArray[Any]) -> NDArray[Any]:
    """Return `values` in the type of `like`: rounded and clipped if that is an integer type."""
    array = np.asarray(values)
    if array.shape != like.shape:
        raise ValueError(f"values of shape {array.shape} do not fit an image of shape {like.shape}")
    if like.dtype.kind not in "iu" or array.dtype == like.dtype:
        return array.astype(like.dtype, copy=False)
    limits = np.iinfo(like.dtype)
    if array.dtype.kind in "iu":
        # compared as Python's integers: no integer type of NumPy holds both int64 and uint64
        low, high = max(limits.min, np.iinfo(array.dtype).min), min(limits.max, np.iinfo(array.dtype).max)
        return np.clip(array, low, high).astype(like.dtype)
    if np.isnan(array).any():
        raise ValueError("values that are not numbers (NaN) have no place in an integer image")
    rounded = np.rint(array)
    np.clip(rounded, *_ends(limits, rounded.dtype), out=rounded)
    return rounded.astype(like.dtype)


def _ends(limits: "np.iinfo[Any]", dtype: "np.dtype[Any]") -> tuple[Any, Any]:
    """Return the ends of an integer range as floats that do not leave it: the largest int64 rounds up to 2**63."""
    scalar = dtype.type if dtype.itemsize >= 4 else np.float32
    low, high = scalar(limits.min), scalar(limits.max)
    while int(high) > limits.max:
        high = np.nextafter(high, scalar(0))
    return low, high
