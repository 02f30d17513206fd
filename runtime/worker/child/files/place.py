"""Where a result's pixels are, as numbers that every format of its files can hold."""

from dataclasses import replace
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from algorithms.image import Image
from algorithms.values import is_masked

FIELDS: Final = {"spacing": 3, "origin": 3, "direction": 9}
TOLERANCE: Final = 1e-3  # of a direction cosine


def placed(image: Image, source: Image) -> Image:
    """Return an image whose spacing, origin and direction are tuples of numbers.

    Raises ValueError, in words that follow "The algorithm returned", if they are no place; that of the source is one.
    """
    if all(getattr(image, name) is getattr(source, name) for name in FIELDS):
        return image
    fields = {name: _numbers(getattr(image, name), name, count) for name, count in FIELDS.items()}
    if min(fields["spacing"]) <= 0:
        raise ValueError(f"the spacing {_listed(image.spacing)}; lengths above 0, in mm, are asked")
    axes = np.reshape(fields["direction"], (3, 3))
    known = np.array_equal(fields["direction"], np.ravel(source.direction))
    if not known and not np.allclose(axes.T @ axes, np.eye(3), rtol=0, atol=TOLERANCE):
        raise ValueError(
            f"the direction {_listed(image.direction)}; three axes of length 1 at right angles are asked, which are "
            "the columns of a matrix"
        )
    values: dict[str, Any] = {name: tuple(numbers.tolist()) for name, numbers in fields.items()}
    return replace(image, **values)


def finite(values: Any, count: int) -> NDArray[np.float64] | None:
    """Return so many finite numbers without axes of their own; None if the values are anything else."""
    numbers = real(values)
    if numbers is None:
        return None
    numbers = numbers.ravel()
    return numbers if len(numbers) == count and np.isfinite(numbers).all() else None


def real(values: Any) -> NDArray[np.float64] | None:
    """Return values as an array of real numbers; None if they are anything else, or if some are masked."""
    try:
        array = np.asarray(values)
        if array.dtype.kind in "OV":  # what NumPy keeps as it is: numbers of Python, None, or anything
            array = array.astype(float)
    except (TypeError, ValueError):
        return None
    if array.dtype.kind not in "biuf" or (is_masked(values) and np.ma.is_masked(values)):
        return None
    return array.astype(float)


def _numbers(values: Any, name: str, count: int) -> NDArray[np.float64]:
    numbers = finite(values, count)
    if numbers is None:
        raise ValueError(f"the {name} {_listed(values)}; {count} finite numbers are asked")
    return numbers


def _listed(values: Any) -> str:
    return f"{' '.join(str(values).split()):.80}"
