"""How well the labels of two images agree."""

from math import prod
from typing import TYPE_CHECKING, Any

from imaging import Labels, Table
from imaging_collection.overlap import Through, same_grid

if TYPE_CHECKING:
    from numpy.typing import NDArray


def agreement(labels: Labels, other: Labels, through: Through | None) -> Table:
    """Return a row for each label of either: its volumes in mm3, Dice's and Jaccard's coefficients.

    Dice, Ecology 26(3):297-302 (1945), doi:10.2307/1932409. Both are those on the grid of the first.
    """

    there = other if through is None and same_grid(labels, other) else other.on_grid_of(labels, through=through)
    one, two = _sizes(labels.pixels), _sizes(there.pixels)
    both = _sizes(labels.pixels[labels.pixels == there.pixels])
    numbers = sorted(one.keys() | two.keys())
    names = {**other.names, **labels.names}
    voxel = prod(labels.spacing)
    pairs = [(one.get(each, 0), two.get(each, 0), both.get(each, 0)) for each in numbers]
    columns: dict[str, list[Any]] = {
        "label": numbers,
        "name": [names.get(each, "") for each in numbers],
        "volume": [first * voxel for first, _, _ in pairs],
        "other_volume": [second * voxel for _, second, _ in pairs],
        "dice": [2 * shared / (first + second) for first, second, shared in pairs],
        "jaccard": [shared / (first + second - shared) for first, second, shared in pairs],
    }
    return Table(columns, {"volume": "mm3", "other_volume": "mm3"})


def _sizes(values: "NDArray[Any]") -> dict[int, int]:
    """Return the number of pixels of each label but the background."""
    import numpy as np

    numbers, counts = np.unique(values, return_counts=True)
    return {int(number): int(count) for number, count in zip(numbers, counts, strict=True) if number}
