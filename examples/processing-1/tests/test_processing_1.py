"""Run with `pytest` in an environment where this package is installed."""

import numpy as np
import pytest
from processing_1 import processing_1

from imaging import Image


def test_raises_the_contrast_of_an_edge_and_keeps_flat_regions() -> None:
    pixels = np.full((1, 9, 40), 100, dtype=np.int16)
    pixels[:, :, 20:] = 200
    sharpened = processing_1(Image(pixels), radius=1.0, amount=1.0).pixels
    assert sharpened.dtype == np.int16
    assert sharpened[0, 4, 20] - sharpened[0, 4, 19] > 100
    assert sharpened[0, 4, 0] == 100
    assert sharpened[0, 4, -1] == 200


def test_the_radius_is_in_mm() -> None:
    pixels = np.random.default_rng(0).normal(1000, 100, (1, 16, 16))
    fine = processing_1(Image(pixels, spacing=(1.0, 0.5, 0.5)), radius=1.0).pixels
    coarse = processing_1(Image(pixels, spacing=(1.0, 1.0, 1.0)), radius=2.0).pixels
    assert np.array_equal(fine, coarse)


@pytest.mark.parametrize("shape", [(1, 1, 12), (1, 12, 1), (1, 1, 1), (2, 6, 5, 3)])
def test_takes_any_shape(shape: tuple[int, ...]) -> None:
    assert np.array_equal(processing_1(Image(np.full(shape, 7, dtype=np.uint16))).pixels, np.full(shape, 7))
