"""`sobel_edges` against slopes that are known, and against SciPy."""

import numpy as np
import pytest
from imaging_collection.features.sobel_edges import _slope, sobel_edges
from scipy.ndimage import sobel

from imaging import Image
from tests.collection.declarations import image_of


@pytest.mark.parametrize("dtype", ["int16", "int32", "float32", "float64"])
def test_a_ramp_has_its_slope_per_mm(dtype: str) -> None:
    row, column = np.mgrid[:10, :12]
    ramp = (6 * row + 4 * column)[np.newaxis].astype(dtype)
    edges = image_of(sobel_edges(Image(ramp, (4.0, 2.0, 0.5), unit="HU")))
    assert edges.pixels.dtype == np.float32
    assert edges.pixels[0, 1:-1, 1:-1] == pytest.approx(np.hypot(6 / 2, 4 / 0.5), rel=1e-6)
    assert (edges.unit, edges.own_scale) == ("HU/mm", True)


def test_a_real_image_is_scipys(brain: Image) -> None:
    edges = image_of(sobel_edges(brain))
    for plane, found in zip(brain.pixels.astype(float), edges.pixels, strict=True):
        slopes = [sobel(plane, axis, mode="nearest") / 8 / brain.spacing[axis + 1] for axis in (0, 1)]
        assert np.abs(found - np.hypot(*slopes)).max() < 1e-3
    assert edges.unit == "1/mm"


def test_where_in_memory_values_lie_changes_no_bit(small_brain: Image) -> None:
    plane = small_brain.pixels[2, ::2, ::2].astype(np.float32)
    first = _slope(plane, (3.6, 3.6))
    kept: list[list[np.ndarray]] = []  # moves what is allocated next
    for sizes in np.random.default_rng(1).integers(1, 100_000, (100, 3)):
        kept[:] = [[np.empty(size, np.uint8) for size in sizes]]
        assert np.array_equal(_slope(plane.copy(), (3.6, 3.6)), first)


def test_a_constant_image_has_no_edges() -> None:
    assert not image_of(sobel_edges(Image(np.full((2, 5, 6), 300, np.uint16)))).pixels.any()


@pytest.mark.parametrize("scale", [1e-30, 1e30])
def test_values_whose_squares_single_precision_does_not_hold_have_edges(scale: float) -> None:
    values = np.random.default_rng(0).normal(10, 1, (1, 9, 9)).astype(np.float32)
    usual, scaled = (image_of(sobel_edges(Image(values * np.float32(each)))).pixels for each in (1, scale))
    assert np.allclose(scaled / scale, usual, rtol=1e-4)
