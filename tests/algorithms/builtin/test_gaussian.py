"""`gaussian` against scikit-image itself."""

from typing import Any

import numpy as np
import pytest
from skimage.filters import gaussian as skimage_gaussian

from algorithms.builtin.gaussian import gaussian
from algorithms.progress import set_reporter
from imaging import Image, UnsupportedInput

SPACING = (4.0, 0.5, 1.25)
by_skimage: Any = skimage_gaussian  # its annotations forbid a sigma for each axis


def noise(shape: tuple[int, ...], dtype: str) -> np.ndarray:
    values = np.random.default_rng(7).normal(0, 0.2, shape)
    if np.dtype(dtype).kind == "f":
        return values.astype(dtype)
    limits = np.iinfo(dtype)
    return np.clip((values + 0.5) * (limits.max - limits.min) + limits.min, limits.min, limits.max).astype(dtype)


def as_pixels(values: np.ndarray, dtype: str) -> np.ndarray:
    return (np.rint(values) if np.dtype(dtype).kind in "iu" else values).astype(dtype)


@pytest.mark.parametrize("dtype", ["uint8", "int16", "uint16", ">i2", "int32", "float32", "float64"])
@pytest.mark.parametrize("mode", ["nearest", "reflect", "mirror", "wrap"])
def test_is_scikit_image_with_sigma_in_mm_on_each_plane(dtype: str, mode: Any) -> None:
    pixels = noise((3, 20, 30), dtype)
    smoothed = gaussian(Image(pixels, SPACING), sigma=1.5, mode=mode, truncate=3.0)
    for plane, expected in zip(smoothed.pixels, pixels, strict=True):
        sigmas = (1.5 / 0.5, 1.5 / 1.25)
        expected = by_skimage(
            expected.astype(np.dtype(dtype).newbyteorder("=")), sigmas, mode=mode, truncate=3.0, preserve_range=True
        )
        assert np.array_equal(plane, as_pixels(expected, dtype))
    assert smoothed.pixels.dtype == np.dtype(dtype)


@pytest.mark.parametrize("dtype", ["int16", "uint16", "float32"])
def test_planes_together_use_the_distance_between_planes(dtype: str) -> None:
    pixels = noise((6, 10, 12), dtype)
    smoothed = gaussian(Image(pixels, SPACING), sigma=3.0, planes="together")
    expected = by_skimage(pixels, (3 / 4, 3 / 0.5, 3 / 1.25), mode="nearest", preserve_range=True)
    assert np.array_equal(smoothed.pixels, as_pixels(expected, dtype))
    assert not np.array_equal(smoothed.pixels, gaussian(Image(pixels, SPACING), sigma=3.0).pixels)


def test_the_same_anatomy_at_another_spacing_is_smoothed_alike() -> None:
    fine = np.zeros((1, 81, 81))
    fine[0, 30:51, 30:51] = 1000
    coarse = fine[:, :, ::2]
    smooth_fine = gaussian(Image(fine, (1, 1, 1)), sigma=6).pixels[:, :, ::2]
    smooth_coarse = gaussian(Image(coarse, (1, 1, 2)), sigma=6).pixels
    assert np.abs(smooth_fine - smooth_coarse).max() < 50
    assert np.abs(smooth_fine - gaussian(Image(coarse, (1, 1, 1)), sigma=6).pixels).max() > 200


@pytest.mark.parametrize("planes", ["separately", "together"])
@pytest.mark.parametrize("mode", ["nearest", "reflect", "mirror", "wrap"])
@pytest.mark.parametrize("shape", [(1, 1, 9), (1, 9, 1), (1, 1, 1), (1, 6, 7), (4, 1, 9), (4, 9, 1)])
def test_one_row_one_column_one_plane(shape: tuple[int, ...], mode: Any, planes: Any) -> None:
    pixels = noise(shape, "int16")
    smoothed = gaussian(Image(pixels, SPACING), sigma=2.0, mode=mode, planes=planes).pixels
    assert smoothed.shape == shape
    flat = gaussian(Image(np.full(shape, -1024, np.int16), SPACING), sigma=2.0, mode=mode, planes=planes).pixels
    assert (flat == -1024).all()


def test_a_row_is_smoothed_as_a_line() -> None:
    row = noise((1, 1, 40), "uint16")
    expected = by_skimage(row[0, 0], 2 / 1.25, mode="nearest", preserve_range=True)
    assert np.array_equal(gaussian(Image(row, SPACING), sigma=2.0).pixels[0, 0], np.rint(expected).astype("uint16"))


@pytest.mark.parametrize("planes", ["separately", "together"])
def test_colour_is_smoothed_channel_by_channel(planes: Any) -> None:
    pixels = noise((2, 8, 9, 3), "uint8")
    smoothed = gaussian(Image(pixels, SPACING), planes=planes).pixels
    for channel in range(3):
        alone = gaussian(Image(pixels[..., channel], SPACING), planes=planes).pixels
        assert np.array_equal(smoothed[..., channel], alone)


@pytest.mark.parametrize(("dtype", "ends"), [("int16", (-32768, 32767)), ("uint16", (0, 65535)), ("int8", (-128, 127))])
def test_the_ends_of_the_type_do_not_wrap(dtype: str, ends: tuple[int, int]) -> None:
    for end in ends:
        assert (gaussian(Image(np.full((1, 5, 5), end, dtype)), sigma=3.0).pixels == end).all()


def test_the_input_is_not_changed_and_progress_is_told() -> None:
    pixels = noise((4, 6, 6), "float32")
    kept, reports = pixels.copy(), list[float]()
    set_reporter(reports.append)
    try:
        gaussian(Image(pixels), sigma=1.0)
    finally:
        set_reporter(None)
    assert np.array_equal(pixels, kept)
    assert reports == [0.25, 0.5, 0.75, 1.0]


@pytest.mark.parametrize("dtype", [bool, complex])
def test_pixels_that_are_not_numbers_are_refused(dtype: type) -> None:
    with pytest.raises(UnsupportedInput, match="integer or floating-point"):
        gaussian(Image(np.zeros((1, 4, 4), dtype)))
