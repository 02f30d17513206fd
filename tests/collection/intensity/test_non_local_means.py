"""`non_local_means` against its formula, pixel by pixel."""

import numpy as np
import pytest
from imaging_collection.intensity.non_local_means import non_local_means
from imaging_collection.noise import noise_of
from skimage.restoration import denoise_nl_means

from imaging import Image
from tests.collection.declarations import image_of


def by_formula(plane: np.ndarray, strength: float, patch: int, search: int) -> np.ndarray:
    """Weights from the mean squared difference of patches that weigh each pixel alike, less the noise's variance."""
    noise, half = noise_of(plane), patch // 2
    padded = np.pad(plane, half + search, mode="reflect")

    def around(row: int, column: int) -> np.ndarray:
        return padded[row + search : row + search + patch, column + search : column + search + patch]

    found = np.empty(plane.shape)
    for row, column in np.ndindex(plane.shape):
        total = weights = 0.0
        for down in range(-search, search + 1):
            for right in range(-search, search + 1):
                difference = ((around(row, column) - around(row + down, column + right)) ** 2).mean()
                weight = np.exp(-max(difference - 2 * noise**2, 0) / (strength * noise) ** 2)
                total += weight * padded[row + down + search + half, column + right + search + half]
                weights += weight
        found[row, column] = total / weights
    return found


def test_is_the_formula() -> None:
    plane = np.random.default_rng(2).normal(0, 10, (14, 14)) + 40 * (np.indices((14, 14))[1] > 6)
    denoised = image_of(non_local_means(Image(plane[np.newaxis]), strength=1.0, patch=3, search=2)).pixels[0]
    expected = by_formula(plane, 1.0, 3, 2)
    assert denoised == pytest.approx(expected, abs=1e-6)


def test_is_about_scikit_images(brain: Image) -> None:
    plane = brain.pixels[2, 64:128, 64:128].astype(np.float64)
    noise = noise_of(plane)
    theirs = denoise_nl_means(plane, 5, 4, h=0.8 * noise, sigma=noise, fast_mode=False, preserve_range=True)
    ours = image_of(non_local_means(Image(plane[np.newaxis]), search=4)).pixels[0]
    assert np.abs(ours - theirs).mean() < 0.15 * np.abs(plane - theirs).mean() + 0.3 * noise


def test_a_real_image_loses_added_noise(brain: Image) -> None:
    clean = brain.pixels[:1, 64:192, 64:192].astype(np.float32)
    noisy = clean + np.random.default_rng(3).normal(0, 40, clean.shape).astype(np.float32)
    denoised = image_of(non_local_means(Image(noisy), search=4)).pixels
    assert np.square(denoised - clean).mean() < 0.5 * np.square(noisy - clean).mean()


def test_a_plane_without_noise_stays() -> None:
    pixels = np.full((2, 12, 12), 77, np.int16)
    assert np.array_equal(image_of(non_local_means(Image(pixels))).pixels, pixels)


def test_an_even_patch_is_the_next_odd_one() -> None:
    image = Image(np.random.default_rng(5).normal(0, 10, (1, 20, 20)))
    four, five = (image_of(non_local_means(image, patch=patch)).pixels for patch in (4, 5))
    assert np.array_equal(four, five)


@pytest.mark.parametrize("scale", [1e-30, 1e34])
def test_values_whose_squares_single_precision_does_not_hold_are_denoised_as_others(scale: float) -> None:
    values = np.random.default_rng(0).normal(10, 1, (1, 24, 24))
    usual = image_of(non_local_means(Image(values.astype(np.float32)))).pixels
    scaled = image_of(non_local_means(Image((values * scale).astype(np.float32)))).pixels
    assert np.allclose(scaled / scale, usual, rtol=1e-4)
