"""`otsu` against its definition: no other threshold separates the classes better."""

import numpy as np
import pytest
import SimpleITK as sitk
from imaging_collection.segmentation.otsu import otsu

from imaging import Image, UnsupportedInput
from tests.collection.declarations import image_of


def between(values: np.ndarray, threshold: float) -> float:
    """The variance between the classes."""
    above = values > threshold
    share = above.mean()
    if share in (0, 1):
        return 0.0
    return float(share * (1 - share) * (values[above].mean() - values[~above].mean()) ** 2)


@pytest.mark.parametrize("seed", range(3))
def test_no_other_threshold_separates_better(seed: int) -> None:
    generator = np.random.default_rng(seed)
    values = np.concatenate([generator.normal(40, 12, 600), generator.normal(120 + 20 * seed, 20, 300)])
    pixels = np.rint(values).astype(np.int16).reshape(1, 30, 30)
    threshold = otsu(Image(pixels)).measurements["threshold"]
    best = max(between(pixels, each) for each in range(pixels.min(), pixels.max()))
    assert between(pixels, float(threshold)) == pytest.approx(best, rel=1e-9)


def test_a_real_image_has_about_itks_threshold(brain: Image) -> None:
    result = otsu(brain)
    itk = sitk.OtsuThresholdImageFilter()
    itk.SetNumberOfHistogramBins(1024)
    itk.Execute(brain.to_simpleitk())
    assert result.measurements["threshold"] == pytest.approx(itk.GetThreshold(), abs=4)
    mask = image_of(result).pixels
    assert mask.dtype == np.uint8
    assert np.array_equal(mask, brain.pixels > result.measurements["threshold"])


def test_below_is_the_other_class_and_its_volume_is_in_ml() -> None:
    pixels = np.array([[[0, 0, 0, 9]]], np.uint8)
    above, below = (otsu(Image(pixels, (10.0, 10.0, 10.0)), keep=keep) for keep in ("above", "below"))
    assert np.array_equal(image_of(above).pixels, 1 - image_of(below).pixels)
    assert (above.measurements["volume_ml"], below.measurements["volume_ml"]) == (1.0, 3.0)


def test_hu_are_named() -> None:
    assert "threshold_hu" in otsu(Image(np.array([[[-1000, 40]]], np.int16), unit="HU")).measurements


def test_equal_values_are_refused() -> None:
    with pytest.raises(UnsupportedInput, match="all of this image are 7"):
        otsu(Image(np.full((1, 3, 3), 7, np.int16)))
