"""Second derivatives of functions whose derivatives are known."""

import numpy as np
import pytest
from imaging_collection.features.derivatives import second_derivatives

PLANE, ROW, COLUMN = np.mgrid[:30, :30, :30].astype(np.float64)
INNER = (slice(12, -12),) * 3


def test_a_quadratic_function_has_constant_ones_times_both_sigmas() -> None:
    values = 1.0 * PLANE**2 + 2.0 * ROW**2 - 0.5 * COLUMN**2 + 3 * PLANE * ROW - ROW * COLUMN
    sigmas = (1.5, 2.0, 2.5)
    expected = [2.0, 3.0, 0.0, 4.0, -1.0, -1.0]
    pairs = [(0, 0), (0, 1), (0, 2), (1, 1), (1, 2), (2, 2)]
    for found, value, (one, other) in zip(second_derivatives(values, sigmas), expected, pairs, strict=True):
        assert found[INNER] == pytest.approx(value * sigmas[one] * sigmas[other], rel=0.02, abs=1e-6)


@pytest.mark.parametrize("sigma", [0.15, 0.5, 2.0])
def test_a_constant_has_none_however_narrow_the_kernel(sigma: float) -> None:
    for found in second_derivatives(np.full((5, 6, 7), -1000.0), (sigma, sigma, sigma)):
        assert np.abs(found).max() < 1e-9


def test_an_axis_without_a_sigma_is_left_out() -> None:
    assert len(second_derivatives(ROW[:1], (0.0, 1.0, 1.0))) == 3
