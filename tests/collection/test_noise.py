"""The noise that is estimated is the noise that was put in."""

import math

import numpy as np
import pytest
from imaging_collection.noise import noise_of

GENERATOR = np.random.default_rng(1)


@pytest.mark.parametrize("sigma", [0.5, 20.0])
@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_white_noise_on_a_slope_is_found(sigma: float, dtype: str) -> None:
    slope = np.add.outer(3.0 * np.arange(200), 2.0 * np.arange(150))
    noisy = (slope + GENERATOR.normal(0, sigma, slope.shape)).astype(dtype)
    assert noise_of(noisy) == pytest.approx(sigma, rel=0.05)
    assert noise_of(slope) == pytest.approx(0, abs=1e-6)


def test_only_what_is_within_counts() -> None:
    plane = np.zeros((60, 60))
    plane[:, 30:] = GENERATOR.normal(0, 10, (60, 30))
    within = np.zeros(plane.shape, bool)
    within[:, :30] = True
    assert noise_of(plane, within) == 0
    assert noise_of(plane, ~within) == pytest.approx(10, rel=0.1)


def test_too_few_pixels_have_none() -> None:
    assert math.isnan(noise_of(np.ones((2, 9))))
    assert math.isnan(noise_of(np.ones((9, 9)), np.zeros((9, 9), bool)))
