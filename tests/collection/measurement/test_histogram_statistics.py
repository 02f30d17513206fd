"""`histogram_statistics` against SciPy's statistics."""

import numpy as np
import pytest
from imaging_collection.measurement.histogram_statistics import histogram_statistics
from scipy import stats

from imaging import Image, UnsupportedInput


@pytest.mark.parametrize("dtype", ["uint8", "int16", "float32", "float64"])
def test_is_scipys(dtype: str) -> None:
    pixels = np.random.default_rng(3).gamma(2, 30, (2, 30, 40)).clip(0, 255).astype(dtype)
    measured = histogram_statistics(Image(pixels)).measurements
    values = pixels.ravel().astype(float)
    described = stats.describe(values, ddof=0)
    assert measured["voxels"] == described.nobs
    assert (measured["smallest"], measured["largest"]) == described.minmax
    expected = {
        "mean": described.mean,
        "standard_deviation": np.sqrt(described.variance),
        "skewness": described.skewness,
        "excess_kurtosis": described.kurtosis,
        "entropy_bits": stats.entropy(np.histogram(values, 256)[0], base=2),
        **{f"p{each}": stats.scoreatpercentile(values, each) for each in (1, 5, 25, 50, 75, 95, 99)},
    }
    assert {name: measured[name] for name in expected} == pytest.approx(expected, rel=1e-9, abs=1e-9)


def test_a_real_image_without_its_background(brain: Image) -> None:
    measured = histogram_statistics(brain, lower=100, upper=900).measurements
    values = brain.pixels[(brain.pixels >= 100) & (brain.pixels <= 900)]
    assert measured["voxels"] == values.size
    assert measured["mean"] == pytest.approx(values.mean())
    assert float(measured["smallest"]) >= 100 and float(measured["largest"]) <= 900


def test_hu_are_named_and_what_is_not_finite_does_not_count() -> None:
    pixels = np.array([[[np.nan, np.inf, -5.0, 5.0]]])
    result = histogram_statistics(Image(pixels, unit="HU"))
    assert result.image is None
    assert (result.measurements["voxels"], result.measurements["mean_hu"]) == (2, 0.0)
    assert "mean" not in result.measurements


def test_a_constant_image_has_no_shape() -> None:
    measured = histogram_statistics(Image(np.full((1, 4, 4), 9, np.int16))).measurements
    assert (measured["standard_deviation"], measured["entropy_bits"]) == (0, 0)
    assert not {"skewness", "excess_kurtosis"} & set(measured)


def test_limits_that_leave_nothing_are_refused() -> None:
    with pytest.raises(UnsupportedInput, match="nothing to measure"):
        histogram_statistics(Image(np.zeros((1, 4, 4), np.int16)), lower=1.0)
