"""The images that an algorithm is checked with: small, the same each time, and each unusual in one way."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from algorithms.declaration import Algorithm
from algorithms.image import Image

# The types that the values of a DICOM file may have after their rescale.
TYPES: Final = ("int8", "uint8", "int16", "uint16", "int32", "uint32", "float32", "float64")
SIDE, PLANES = 24, 5


def ordinary(algorithm: Algorithm) -> Image:
    """Return an ordinary image: a bright disc on a noisy ground, of one plane if the algorithm takes single images."""
    return Image(_values(_planes(algorithm), SIDE, SIDE).astype(np.int16), modality="CT", unit="HU")


def types(algorithm: Algorithm) -> Iterator[tuple[str, Image]]:
    """Yield an image of each type, with negative values if the type has them."""
    values = _values(_planes(algorithm), SIDE, SIDE)
    for name in TYPES:
        dtype = np.dtype(name)
        largest = 100 if dtype.itemsize == 1 else 1000
        signed = values * largest / 1000 - (0 if dtype.kind == "u" else largest / 4)
        yield f"{name} pixels", Image(signed.astype(dtype))


def contents(algorithm: Algorithm) -> Iterator[tuple[str, Image]]:
    """Yield images of unusual values."""
    planes = _planes(algorithm)
    yield "an image of one value", Image(np.full((planes, SIDE, SIDE), 7, np.int16))
    holed = _values(planes, SIDE, SIDE).astype(np.float32)
    holed[:, :4, :6] = np.nan
    yield "values that are not a number (NaN)", Image(holed)
    grey = _values(planes, SIDE, SIDE)
    yield "a colour image", Image(np.stack([grey / 4, grey / 5, grey / 6], axis=-1).astype(np.uint8))


def shapes(algorithm: Algorithm) -> Iterator[tuple[str, Image]]:
    """Yield images of unusual shapes and spacings."""
    planes = _planes(algorithm)
    for words, rows, columns in (
        ("an image of 1 x 1", 1, 1),
        ("an image that is not square", SIDE, SIDE + 16),
        ("an image of odd sizes", SIDE - 1, SIDE - 3),
    ):
        yield words, Image(_values(planes, rows, columns).astype(np.int16))
    yield "anisotropic spacing", replace(volume(planes, SIDE, SIDE), spacing=(3.0, 0.75, 0.5))
    if algorithm.scopes != ("image",):
        yield "a volume", volume(PLANES, SIDE, SIDE)


def volume(planes: int, rows: int, columns: int) -> Image:
    """Return a volume of int16 of this shape."""
    return Image(_values(planes, rows, columns).astype(np.int16))


def _planes(algorithm: Algorithm) -> int:
    return 1 if "image" in algorithm.scopes else PLANES


def _values(planes: int, rows: int, columns: int) -> NDArray[np.float64]:
    """Return values from 0 to 1000."""
    row, column = np.ogrid[:rows, :columns]
    disc = (row - rows / 2) ** 2 + (column - columns / 2) ** 2 < (min(rows, columns) / 3) ** 2
    noise = np.random.default_rng(0).normal(200, 40, (planes, rows, columns))
    return np.clip(noise + 500.0 * disc, 0, 1000)
