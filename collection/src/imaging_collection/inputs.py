"""What the algorithms ask of an image, and the type in which they compute."""

from typing import TYPE_CHECKING, Any

from imaging import Image, UnsupportedInput

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


def check_grey(image: Image, algorithm: str, name: str = "") -> None:
    """Raise UnsupportedInput if an image is in colour, or if its pixels are neither integer nor floating point.

    `name` is that of a further input.
    """
    if image.is_colour:
        raise UnsupportedInput(f"{algorithm} takes images of one channel; {name or 'this one'} is in colour.")
    if image.pixels.dtype.kind not in "iuf":
        where = f" as {name} has" if name else ""
        raise UnsupportedInput(f"{algorithm} takes integer or floating-point pixels, not {image.pixels.dtype}{where}.")


def check_finite(image: Image, algorithm: str, name: str = "") -> None:
    """Raise UnsupportedInput if a pixel is infinite or not a number (NaN); `name` is that of a further input."""
    import numpy as np

    if image.pixels.dtype.kind == "f" and not np.isfinite(image.pixels).all():
        where = name or "this image"
        raise UnsupportedInput(f"{algorithm} takes finite values; some of {where} are infinite or not a number.")


def float_type(dtype: "np.dtype[Any]") -> "np.dtype[Any]":
    """Return the smallest of single and double precision that holds every value of an integer or floating type."""
    import numpy as np

    return np.result_type(dtype.newbyteorder("="), np.float32)


def as_float(pixels: "NDArray[Any]") -> "NDArray[Any]":
    """Return pixels as `float_type` has them, contiguous, in the machine's byte order; a copy only if need be."""
    import numpy as np

    return np.ascontiguousarray(pixels, dtype=float_type(pixels.dtype))


def squarable(values: "NDArray[Any]", spread: float) -> "NDArray[Any]":
    """Return values in double precision if single precision does not hold the squares of differences of this size."""
    import numpy as np

    return values if 1e-15 < spread < 1e15 else values.astype(np.float64)


def value_range(pixels: "NDArray[Any]") -> float:
    """Return the distance from the 1st to the 99th percentile of the finite values, in the image's unit.

    It is that from the smallest to the largest value if those percentiles are equal, and 1 if all values are.
    """
    import numpy as np

    values = pixels[np.isfinite(pixels)] if pixels.dtype.kind == "f" else pixels
    if values.size == 0:
        return 1.0
    low, high = (float(each) for each in np.percentile(values, (1, 99)))
    if low == high:
        low, high = float(values.min()), float(values.max())
    return high - low or 1.0
