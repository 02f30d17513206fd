"""Regions against SciPy's own words for them."""

from typing import Any

import numpy as np
import pytest
from imaging_collection.regions import filled, largest, volume_ml
from scipy import ndimage as scipy_ndimage

ndimage: Any = scipy_ndimage  # without types

MASK = ndimage.gaussian_filter(np.random.default_rng(6).random((5, 40, 30)), 1.2) > 0.5


def test_holes_of_each_plane_are_filled_as_scipy_fills_them() -> None:
    expected = np.stack([ndimage.binary_fill_holes(plane) for plane in MASK])
    assert np.array_equal(filled(MASK), expected)
    assert expected.sum() > MASK.sum()


def test_the_largest_region_is_connected_and_none_is_larger() -> None:
    kept = largest(MASK)
    labels, count = ndimage.label(MASK)
    assert count > 5
    assert kept.sum() == max(np.count_nonzero(labels == each) for each in range(1, count + 1))
    assert ndimage.label(kept)[1] == 1
    assert not (kept & ~MASK).any()


@pytest.mark.parametrize("value", [False, True])
def test_nothing_and_everything_stay(value: bool) -> None:
    whole = np.full((2, 4, 5), value)
    assert np.array_equal(largest(whole), whole)
    assert np.array_equal(filled(whole), whole)


def test_a_volume_is_in_ml() -> None:
    assert volume_ml(np.ones((10, 10, 10), bool), (1.0, 2.0, 0.5)) == pytest.approx(1.0)
