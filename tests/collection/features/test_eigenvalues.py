"""The closed forms against LAPACK."""

from itertools import combinations_with_replacement

import numpy as np
import pytest
from imaging_collection.features.eigenvalues import of_three, of_two


def matrices(size: int) -> np.ndarray:
    values = np.random.default_rng(0).normal(0, 100, (5000, size, size))
    values += values.transpose(0, 2, 1)
    values[0], values[1], values[2] = 0, np.eye(size), -np.ones((size, size))
    return values


@pytest.mark.parametrize("size", [2, 3])
def test_are_lapacks_by_rising_magnitude(size: int) -> None:
    values = matrices(size)
    parts = [values[:, row, column] for row, column in combinations_with_replacement(range(size), 2)]
    found = np.stack(of_two(*parts) if size == 2 else of_three(parts), axis=-1)
    expected = np.linalg.eigvalsh(values)
    assert np.abs(np.sort(found, axis=-1) - expected).max() < 1e-4
    assert (np.diff(np.abs(found), axis=-1) >= -1e-9).all()
