"""`unsharp_mask` against SciPy's blur."""

import numpy as np
import pytest
from imaging_collection.intensity.unsharp_mask import unsharp_mask
from scipy.ndimage import gaussian_filter

from imaging import Image
from tests.collection.declarations import image_of


def by_scipy(pixels: np.ndarray, sigmas: tuple[float, float], amount: float) -> np.ndarray:
    values = pixels.astype(float)
    blurred = np.stack([gaussian_filter(plane, sigmas, mode="nearest", truncate=4) for plane in values])
    return values + amount * (values - blurred)


@pytest.mark.parametrize("dtype", ["uint8", "int16", "int32", "float32", "float64"])
@pytest.mark.parametrize("amount", [0.0, 1.5])
def test_adds_what_scipys_blur_takes_away_with_the_radius_in_mm(dtype: str, amount: float) -> None:
    pixels = np.random.default_rng(5).normal(128, 15, (2, 30, 40)).astype(dtype)
    sharpened = image_of(unsharp_mask(Image(pixels, (5.0, 0.5, 0.8)), radius=1.2, amount=amount)).pixels
    expected = by_scipy(pixels, (1.2 / 0.5, 1.2 / 0.8), amount)
    if np.dtype(dtype).kind in "iu":
        expected = np.clip(expected, *[getattr(np.iinfo(dtype), end) for end in ("min", "max")])
    assert np.abs(sharpened - expected).max() <= (0.51 if np.dtype(dtype).kind in "iu" else 0.01)


def test_the_ends_of_the_type_do_not_wrap() -> None:
    pixels = np.zeros((1, 8, 8), np.uint8)
    pixels[:, :, 4:] = 255
    sharpened = image_of(unsharp_mask(Image(pixels), amount=10.0)).pixels
    assert np.array_equal(sharpened, pixels)


def test_a_real_image_gets_steeper_edges_and_keeps_its_mean(brain: Image) -> None:
    sharpened = image_of(unsharp_mask(brain)).pixels
    assert np.abs(np.diff(sharpened)).mean() > 1.3 * np.abs(np.diff(brain.pixels)).mean()
    assert sharpened.mean() == pytest.approx(brain.pixels.mean(), rel=0.01)
