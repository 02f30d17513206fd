"""`bilateral` against its formula, pixel by pixel, and against scikit-image."""

from math import exp

import numpy as np
import pytest
from imaging_collection.inputs import value_range
from imaging_collection.intensity.bilateral import bilateral

from imaging import Image, UnsupportedInput
from tests.collection.declarations import image_of


def by_formula(plane: np.ndarray, spacing: tuple[float, float], sigma: float, sigma_value: float) -> np.ndarray:
    """The definition, one pixel after another."""
    reach = [int(3 * sigma / each + 0.5) for each in spacing]
    padded = np.pad(plane.astype(float), [(each, each) for each in reach], mode="edge")
    found = np.empty(plane.shape)
    for row, column in np.ndindex(plane.shape):
        centre, total, weights = float(plane[row, column]), 0.0, 0.0
        for down in range(-reach[0], reach[0] + 1):
            for right in range(-reach[1], reach[1] + 1):
                if (down / reach[0]) ** 2 + (right / reach[1]) ** 2 <= 1:
                    there = padded[row + reach[0] + down, column + reach[1] + right]
                    near = ((down * spacing[0]) ** 2 + (right * spacing[1]) ** 2) / (2 * sigma**2)
                    weight = exp(-near - (there - centre) ** 2 / (2 * sigma_value**2))
                    total, weights = total + weight * there, weights + weight
        found[row, column] = total / weights
    return found


@pytest.mark.parametrize("spacing", [(0.5, 0.5), (0.5, 1.0)])
@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_is_the_formula_with_a_window_round_in_the_patient(spacing: tuple[float, float], dtype: str) -> None:
    plane = np.random.default_rng(1).normal(100, 30, (9, 11)).astype(dtype)
    image = Image(plane[np.newaxis], (3.0, *spacing))
    smoothed = image_of(bilateral(image, sigma=0.6, contrast=0.2)).pixels[0]
    expected = by_formula(plane, spacing, 0.6, 0.2 * value_range(plane))
    assert smoothed == pytest.approx(expected, abs=0.01)


def test_a_real_image_loses_noise_and_keeps_its_edges(brain: Image) -> None:
    smoothed = image_of(bilateral(brain, contrast=0.05)).pixels
    assert smoothed.dtype == np.int16
    assert smoothed.min() >= brain.pixels.min() and smoothed.max() <= brain.pixels.max()
    steps, before = np.abs(np.diff(smoothed.astype(int))), np.abs(np.diff(brain.pixels.astype(int)))
    small, large = before < 20, before > 300
    assert steps[small].mean() < 0.8 * before[small].mean()
    assert steps[large].mean() > 0.9 * before[large].mean()


def test_the_window_has_a_limit() -> None:
    with pytest.raises(UnsupportedInput, match=r"A sigma of 20 mm makes a window of 60 pixels .* at most 40\."):
        bilateral(Image(np.zeros((1, 4, 4), np.int16)), sigma=20.0)
