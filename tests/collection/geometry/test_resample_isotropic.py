"""`resample_isotropic` against values that are known, and against SciPy."""

import numpy as np
import pytest
from imaging_collection.geometry.resample_isotropic import resample_isotropic
from scipy.ndimage import map_coordinates

from imaging import Image, UnsupportedInput

TILTED = (1.0, 0.0, 0.0, 0.0, 0.8, -0.6, 0.0, 0.6, 0.8)


@pytest.mark.parametrize("dtype", ["int16", "uint16", "int32", "float32", "float64"])
def test_a_linear_function_of_the_place_stays_one(dtype: str) -> None:
    plane, row, column = np.mgrid[:5, :9, :7]
    pixels = (100 + 30 * plane + 10 * row + 5 * column).astype(dtype)
    resampled = resample_isotropic(Image(pixels, (3.0, 1.0, 0.5), direction=TILTED, origin=(7.0, 8.0, 9.0)))
    assert resampled.spacing == (0.5, 0.5, 0.5)
    assert resampled.pixels.shape == (25, 17, 7)
    plane, row, column = np.mgrid[:25, :17, :7] / 2
    expected = 100 + 10 * plane + 10 * row + 10 * column
    error = np.abs(resampled.pixels - expected).max()
    assert error <= (0.5 if np.dtype(dtype).kind in "iu" else 1e-3)
    assert resampled.pixels.dtype == pixels.dtype
    assert (resampled.origin, resampled.direction) == ((7.0, 8.0, 9.0), TILTED)


@pytest.mark.parametrize(("interpolation", "order"), [("linear", 1), ("cubic", 3)])
def test_a_real_image_is_scipys(small_brain: Image, interpolation: str, order: int) -> None:
    part = Image(small_brain.pixels[:, 30:70, 30:70].astype(np.float64), small_brain.spacing)
    resampled = resample_isotropic(part, spacing=2.5, interpolation=interpolation).pixels  # pyright: ignore[reportArgumentType]
    places = np.indices(resampled.shape) * 2.5 / np.array(part.spacing)[:, None, None, None]
    expected = map_coordinates(part.pixels, places, order=order, mode="mirror")
    assert np.abs(resampled - expected).max() < 0.01 * np.ptp(part.pixels)


def test_nearest_makes_no_new_values() -> None:
    labels = np.random.default_rng(0).integers(0, 5, (4, 6, 6)).astype(np.uint8)
    resampled = resample_isotropic(Image(labels, (2.0, 1.0, 1.0)), spacing=0.5, interpolation="nearest").pixels
    assert set(np.unique(resampled)) == set(np.unique(labels))
    assert np.array_equal(resampled[::4, ::2, ::2], labels)


def test_cubic_overshoot_stops_at_the_ends_of_the_type() -> None:
    pixels = np.zeros((1, 4, 12), np.uint8)
    pixels[:, :, 6:] = 255
    resampled = resample_isotropic(Image(pixels), spacing=0.25, interpolation="cubic").pixels
    assert resampled[0, 0, :16].max() < 128 < resampled[0, 0, -16:].min()


def test_a_single_plane_stays_one() -> None:
    resampled = resample_isotropic(Image(np.zeros((1, 5, 5), np.int16), (6.0, 2.0, 1.0)))
    assert resampled.pixels.shape == (1, 9, 5)
    assert resampled.spacing == (6.0, 1.0, 1.0)


def test_a_result_that_the_memory_cannot_hold_is_refused() -> None:
    image = Image(np.zeros((50, 50, 50), np.int16), (5.0, 5.0, 5.0))
    with pytest.raises(UnsupportedInput, match=r"With a spacing of 0\.1 mm the volume has \d+ million pixels"):
        resample_isotropic(image, spacing=0.1)


def test_a_spacing_that_makes_nothing_but_a_huge_result_is_refused() -> None:
    plane = Image(np.zeros((1, 8, 8), np.int16), (3.0, 0.5, 0.7))
    with pytest.raises(UnsupportedInput, match=r"0\.001 mm is finer than a 100th .* takes 0\.005 mm or more\.$"):
        resample_isotropic(plane, 0.001)
    assert resample_isotropic(plane, 0.005).spacing == (3.0, 0.005, 0.005)
