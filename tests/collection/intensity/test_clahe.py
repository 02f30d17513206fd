"""`clahe` against histogram equalization, of which it is made, and against OpenCV."""

import cv2
import numpy as np
from imaging_collection.intensity.clahe import clahe

from imaging import Image
from tests.collection.declarations import image_of


def test_without_a_limit_and_with_one_region_it_is_histogram_equalization() -> None:
    pixels = np.random.default_rng(4).gamma(2, 300, (1, 64, 64)).astype(np.float32)
    equalized = image_of(clahe(Image(pixels), region=500.0, limit=1.0)).pixels
    # the centre of the only region: around it, the neighbours are mirrored copies of it
    ranks = pixels.ravel().argsort().argsort().reshape(pixels.shape) / pixels.size
    expected = pixels.min() + ranks * (pixels.max() - pixels.min())
    assert np.abs(equalized - expected).max() < 0.02 * np.ptp(pixels)


def test_a_real_image_has_about_opencvs_contrast(brain: Image) -> None:
    plane = brain.pixels[2]
    ours = image_of(clahe(Image(plane[np.newaxis]), region=32.0, limit=0.01)).pixels[0]
    eight_bits = np.rint(plane / plane.max() * 255).astype(np.uint8)
    theirs = cv2.createCLAHE(clipLimit=2.56, tileGridSize=(8, 8)).apply(eight_bits)
    inside = plane > 100
    assert np.corrcoef(ours[inside], theirs[inside])[0, 1] > 0.9


def test_local_contrast_rises_and_the_range_stays(brain: Image) -> None:
    raised = image_of(clahe(brain)).pixels
    assert raised.dtype == np.int16
    for plane, before in zip(raised, brain.pixels, strict=True):
        assert (plane.min(), plane.max()) == (before.min(), before.max())
        assert plane[96:160, 96:160].std() > 1.2 * before[96:160, 96:160].std()


def test_a_lower_limit_raises_less(brain: Image) -> None:
    deviations = [image_of(clahe(brain, limit=limit)).pixels[2, 96:160, 96:160].std() for limit in (0.002, 0.01, 1.0)]
    assert deviations == sorted(deviations)


def test_a_region_is_in_mm() -> None:
    pixels = np.random.default_rng(9).normal(0, 100, (1, 64, 64))
    fine = image_of(clahe(Image(pixels, (1.0, 0.5, 0.5)), region=8.0)).pixels
    coarse = image_of(clahe(Image(pixels, (1.0, 1.0, 1.0)), region=16.0)).pixels
    assert np.array_equal(fine, coarse)
