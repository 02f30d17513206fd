"""`curvature_flow` against SimpleITK itself."""

from typing import Any

import numpy as np
import pytest
import SimpleITK as sitk

from algorithms.builtin.curvature_flow import curvature_flow, longest_stable_step
from algorithms.progress import set_reporter
from imaging import Image, UnsupportedInput

SPACING = (3.0, 0.8, 1.25)


def noise(shape: tuple[int, ...], dtype: str) -> np.ndarray:
    values = np.random.default_rng(5).normal(1000, 200, shape)
    return values.astype(dtype)


def by_simpleitk(pixels: np.ndarray, spacing: tuple[float, ...], step: float, iterations: int) -> np.ndarray:
    image = sitk.GetImageFromArray(pixels)
    image.SetSpacing(spacing[::-1])
    return sitk.GetArrayFromImage(sitk.CurvatureFlow(image, timeStep=step, numberOfIterations=iterations))


def as_pixels(values: np.ndarray, dtype: str) -> np.ndarray:
    if np.dtype(dtype).kind == "f":
        return values.astype(dtype)
    limits = np.iinfo(dtype)  # the flow may overshoot a little
    return np.clip(np.rint(values), limits.min, limits.max).astype(dtype)


@pytest.mark.parametrize("dtype", ["uint8", "int16", "uint16", "int32", "float32", "float64"])
def test_is_simpleitk_with_the_images_spacing(dtype: str) -> None:
    pixels = (noise((6, 20, 24), "float64") / (8 if dtype == "uint8" else 1)).astype(dtype)
    expected = by_simpleitk(pixels, SPACING, 0.05, 5)
    smoothed = curvature_flow(Image(pixels, SPACING)).pixels
    assert smoothed.dtype == pixels.dtype
    assert np.array_equal(smoothed, as_pixels(expected, dtype))
    assert not np.array_equal(smoothed, curvature_flow(Image(pixels)).pixels)


@pytest.mark.parametrize("dtype", ["int16", "float32"])
def test_one_plane_is_smoothed_in_two_dimensions(dtype: str) -> None:
    pixels = noise((1, 20, 24), dtype)
    expected = by_simpleitk(pixels[0], SPACING[1:], 0.1, 7)
    smoothed = curvature_flow(Image(pixels, SPACING), iterations=7, time_step=0.1).pixels
    assert np.array_equal(smoothed[0], as_pixels(expected, dtype))


@pytest.mark.parametrize("shape", [(1, 1, 9), (1, 9, 1), (1, 1, 1), (5, 1, 9), (5, 9, 1), (5, 1, 1)])
@pytest.mark.parametrize("dtype", ["int16", "uint16", "float32"])
def test_one_row_and_one_column(shape: tuple[int, ...], dtype: str) -> None:
    pixels = noise(shape, dtype)
    smoothed = curvature_flow(Image(pixels, SPACING)).pixels
    assert smoothed.shape == shape
    assert smoothed.dtype == pixels.dtype
    # a line has no curvature: nothing moves
    assert max(shape) != np.prod(shape) or np.allclose(smoothed, pixels, atol=1e-3)


@pytest.mark.parametrize("spacing", [(1.0, 1.0, 1.0), (0.5, 0.5, 0.5), (3.0, 0.35, 0.35), (0.6, 4.0, 0.9)])
def test_the_documented_bound_is_where_simpleitk_becomes_unstable(spacing: tuple[float, float, float]) -> None:
    pixels = noise((6, 32, 32), "float32")
    bound = longest_stable_step(spacing)
    assert np.ptp(by_simpleitk(pixels, spacing, bound, 200)) < np.ptp(pixels)
    assert not np.ptp(by_simpleitk(pixels, spacing, 2.5 * bound, 200)) < 1e6


def test_the_bound_is_h2_over_4_in_a_volume_and_h2_over_2_on_a_plane() -> None:
    assert longest_stable_step((2.0, 0.5, 0.5)) == pytest.approx(0.5**2 / 4)
    assert longest_stable_step((0.5, 2.0)) == pytest.approx(0.5**2 / 2)
    pixels = noise((1, 32, 32), "float32")
    assert np.ptp(by_simpleitk(pixels[0], (1, 1), 0.5, 200)) < np.ptp(pixels)
    assert not np.ptp(by_simpleitk(pixels[0], (1, 1), 0.6, 200)) < 1e6


def test_a_longer_step_is_taken_as_several_stable_ones() -> None:
    spacing = (3.0, 0.35, 0.35)
    pixels = noise((6, 24, 24), "float32")
    smoothed = curvature_flow(Image(pixels, spacing), iterations=10, time_step=0.1).pixels
    assert np.array_equal(smoothed, as_pixels(by_simpleitk(pixels, spacing, 0.1 / 4, 40), "float32"))
    assert np.ptp(smoothed) < np.ptp(pixels)


def test_values_stay_within_an_integer_type() -> None:
    pixels = np.where(np.random.default_rng(0).random((5, 16, 16)) < 0.5, 0, 65535).astype("uint16")
    smoothed = curvature_flow(Image(pixels), iterations=20, time_step=0.25).pixels
    assert smoothed.std() < pixels.std()
    assert 20000 < smoothed.mean() < 45000


def test_progress_grows_to_the_end() -> None:
    reports: list[float] = []
    set_reporter(reports.append)
    try:
        curvature_flow(Image(noise((5, 16, 16), "int16")), iterations=10)
    finally:
        set_reporter(None)
    assert reports == sorted(reports)
    assert len(set(reports)) >= 10
    assert reports[-1] == pytest.approx(1.0, abs=0.11)


@pytest.mark.parametrize(
    ("pixels", "reason"),
    [
        (np.zeros((2, 4, 4, 3), np.uint8), "in colour"),
        (np.zeros((2, 4, 4), bool), "integer or floating-point"),
        (np.zeros((2, 4, 4), complex), "integer or floating-point"),
    ],
)
def test_input_that_it_cannot_take_is_refused(pixels: Any, reason: str) -> None:
    with pytest.raises(UnsupportedInput, match=reason):
        curvature_flow(Image(pixels))


def test_a_spacing_that_asks_for_too_many_steps_is_refused() -> None:
    fine = Image(np.zeros((2, 4, 4), np.int16), (1e-3, 1e-3, 1e-3))
    with pytest.raises(UnsupportedInput, match=r"are 10\d+ stable ones .* A time_step of 2.5e-07 mm² is a stable one"):
        curvature_flow(fine)
    assert not curvature_flow(fine, time_step=2.5e-7).pixels.any()
