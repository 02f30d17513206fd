"""`threshold` against SimpleITK's filters of the same names."""

import numpy as np
import pytest
import SimpleITK as sitk
from imaging_collection.segmentation.threshold import threshold

from imaging import Image, UnsupportedInput
from tests.collection.declarations import image_of


def by_simpleitk(image: Image, lower: float, upper: float, keep: str, holes: str) -> np.ndarray:
    mask = sitk.BinaryThreshold(image.to_simpleitk(), lower, upper, 1, 0)
    if keep == "largest":
        mask = sitk.Cast(sitk.RelabelComponent(sitk.ConnectedComponent(mask)) == 1, sitk.sitkUInt8)
    found = sitk.GetArrayFromImage(mask)
    if holes == "fill":
        planes = [sitk.GetImageFromArray(plane) for plane in found]
        found = np.stack([sitk.GetArrayFromImage(sitk.BinaryFillhole(plane)) for plane in planes])
    return found


@pytest.mark.parametrize("keep", ["all", "largest"])
@pytest.mark.parametrize("holes", ["keep", "fill"])
def test_a_real_image_is_simpleitks(brain: Image, keep: str, holes: str) -> None:
    parameters = {"lower": 300.0, "upper": 600.0, "keep": keep, "holes": holes}
    result = threshold(brain, **parameters)  # pyright: ignore[reportArgumentType]
    mask = image_of(result).pixels
    assert mask.dtype == np.uint8
    assert np.array_equal(mask, by_simpleitk(brain, 300, 600, keep, holes))
    assert result.measurements["voxels"] == mask.sum()
    voxel = np.prod(brain.spacing) / 1000
    assert result.measurements["volume_ml"] == pytest.approx(mask.sum() * voxel)


@pytest.mark.parametrize(
    ("lower", "upper", "expected"),
    [(0.0, 5.0, [0, 1, 1, 0]), (None, 0.0, [1, 1, 0, 0]), (5.0, None, [0, 0, 1, 1]), (None, None, [1, 1, 1, 1])],
)
def test_both_ends_count_and_either_may_be_open(lower: float | None, upper: float | None, expected: list[int]) -> None:
    pixels = np.array([[[-1, 0, 5, 6]]], np.int16)
    assert image_of(threshold(Image(pixels), lower=lower, upper=upper)).pixels.ravel().tolist() == expected


def test_what_is_not_a_number_is_in_no_range() -> None:
    pixels = np.array([[[np.nan, 1.0, np.inf]]])
    assert image_of(threshold(Image(pixels), lower=None)).pixels.ravel().tolist() == [0, 1, 1]


def test_a_range_without_values_is_refused() -> None:
    with pytest.raises(UnsupportedInput, match="lower is above upper"):
        threshold(Image(np.zeros((1, 2, 2), np.int16)), lower=5.0, upper=4.0)
