"""Bringing computed values back into the type of the pixels they came from."""

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

EXACT = 0.01  # how far from an integer a value may be that was meant as one
SCALE = 20  # times by which the image's range exceeds that of values on its scale


def converted(values: ArrayLike, like: NDArray[Any]) -> NDArray[Any]:
    """Return `values` in the type of `like`: rounded and clipped if that is an integer type.

    Raises ValueError if the shape differs, if values are of a type that no image has, if a value for an integer type is
    not a number, or if two integers would be left of a range of values.
    """
    array = _stored(values)
    if array.shape != like.shape:
        raise ValueError(_misfit(array.shape, like.shape))
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
    _check_range(array, rounded, like)
    return rounded.astype(like.dtype)


def mapped(values: ArrayLike, like: NDArray[Any]) -> NDArray[Any]:
    """Return `values` as an array of the planes, rows and columns of `like`; they may have colours or none."""
    array = _stored(values)
    if array.shape[:3] != like.shape[:3] or array.shape[3:] not in ((), (3,)):
        raise ValueError(_misfit(array.shape, like.shape))
    return array


def labelled(values: ArrayLike, like: NDArray[Any]) -> NDArray[Any]:
    """Return labels of the planes, rows and columns of `like` in the smallest unsigned type that holds them."""
    array = _unmasked(values)
    if array.shape != like.shape[:3]:
        raise ValueError(f"labels of shape {array.shape} do not fit an image of shape {like.shape[:3]}")
    if array.dtype.kind not in "biuf" or (array.dtype.kind == "f" and not np.array_equal(array, np.rint(array))):
        raise ValueError(f"labels are whole numbers, and these values of type {array.dtype} are not")
    if array.size and array.min() < 0:
        raise ValueError(f"labels are at least 0, and the lowest here is {array.min()}")
    largest = int(array.max()) if array.size else 0
    return array.astype(np.min_scalar_type(largest))


def is_masked(values: object) -> bool:
    """Whether values are an array with a mask, for which NumPy's own module of such need not be imported."""
    return isinstance(values, np.ndarray) and hasattr(values, "mask") and hasattr(values, "filled")  # pyright: ignore[reportUnknownArgumentType]


def _stored(values: ArrayLike) -> NDArray[Any]:
    """Return values of a type that images have: rounding and comparing others fails, or drops a part of them."""
    array = _unmasked(values)
    if array.dtype.kind == "c":
        raise ValueError("values are complex, and no image is; return a real part: np.abs(values), values.real")
    if array.dtype.kind not in "biuf":
        raise ValueError(f"values of type {array.dtype} are no numbers of an image; np.asarray(values, 'float32') is")
    return array


def _misfit(shape: tuple[int, ...], asked: tuple[int, ...]) -> str:
    """Return that one shape does not fit another, and what to write."""
    said = f"values of shape {shape} do not fit an image of shape {asked}"
    if shape == asked[1:]:
        said += "; they have no axis of planes"
        if asked[0] == 1:
            return f"{said}: values[np.newaxis] has one"
        shape = (1, *shape)
    elif len(shape) == len(asked) + 1 == 4 and shape[:3] == asked:
        return f"{said}; a last axis of 3 is red, green and blue, and no other is kept: return an image for each"
    made = f"dataclasses.replace(image, pixels=..., spacing=...) with pixels of shape {shape}"
    return f"{said}; an image of another grid, if it shall be one, is {made}, returned as an output with grid='any'"


def _unmasked(values: ArrayLike) -> NDArray[Any]:
    if is_masked(values):
        raise ValueError("values are masked, and no image has a mask; fill them first: values.filled(...)")
    return np.asarray(values)


def _check_range(values: NDArray[Any], rounded: NDArray[Any], like: NDArray[Any]) -> None:
    """Refuse a range of values of which rounding would leave two integers: it is on another scale than the image.

    Smoothing may leave as little of a nearly constant image, which is why the image's own range counts.
    """
    if not values.size or float(rounded.max()) - float(rounded.min()) > 1:
        return
    low, high = float(values.min()), float(values.max())
    source = float(like.max()) - float(like.min())
    other = (high - low) * SCALE < source or (low >= -1 and high <= 1 and source > 2)
    if other and high - low > EXACT and float(np.abs(values - rounded).max()) > EXACT:
        raise ValueError(
            f"floating values from {low:.6g} to {high:.6g} would become {_integers(rounded)} in an image of type "
            f"{like.dtype}; call `with_map(values, unit=...)` for values on another scale, or round them yourself"
        )


def _integers(rounded: NDArray[Any]) -> str:
    low, high = int(rounded.min()), int(rounded.max())
    return f"{low} and {high}" if low != high else f"{low}"


def _ends(limits: "np.iinfo[Any]", dtype: "np.dtype[Any]") -> tuple[Any, Any]:
    """Return the ends of an integer range as floats that do not leave it: the largest int64 rounds up to 2**63."""
    scalar = dtype.type if dtype.itemsize >= 4 else np.float32
    low, high = scalar(limits.min), scalar(limits.max)
    while int(high) > limits.max:
        high = np.nextafter(high, scalar(0))
    return low, high
