"""`watershed_split` tells balls apart that were put in, and covers what SciPy labels as one."""

from typing import Any

import numpy as np
import pytest
from imaging_collection.segmentation.watershed_split import watershed_split
from scipy import ndimage as scipy_ndimage

from imaging import Image
from tests.collection.declarations import image_of

ndimage: Any = scipy_ndimage  # without types

SPACING = (2.0, 1.0, 0.5)
CENTRES = [(20, 15, 12), (20, 15, 26), (20, 32, 20), (42, 15, 12)]  # mm


def balls(radius: float = 8.0) -> Any:
    """Return balls of 300 HU, of which three touch, and the ball that is nearest to each pixel."""
    place = np.indices((28, 48, 80)) * np.array(SPACING)[:, None, None, None]
    distances = np.stack([np.linalg.norm(place - np.array(c)[:, None, None, None], axis=0) for c in CENTRES])
    return np.where(distances.min(axis=0) < radius, 300, 0).astype(np.int16), distances.argmin(axis=0)


def test_balls_that_touch_become_one_label_each() -> None:
    pixels, nearest = balls()
    assert ndimage.label(pixels)[1] < len(CENTRES)
    result = watershed_split(Image(pixels, SPACING), distance=6.0)
    labels = image_of(result).pixels
    assert labels.dtype == np.uint8
    assert result.measurements["objects"] == len(CENTRES)
    assert np.array_equal(labels > 0, pixels > 0)
    for index in range(len(CENTRES)):
        inside = labels[(pixels > 0) & (nearest == index)]
        assert np.bincount(inside).max() > 0.97 * inside.size
    ball = 4 / 3 * np.pi * 8**3 / 1000
    assert result.measurements["largest_ml"] == pytest.approx(ball, rel=0.1)


def test_a_larger_distance_splits_less() -> None:
    pixels, _ = balls()
    regions = ndimage.label(pixels)[1]
    assert watershed_split(Image(pixels, SPACING), distance=100.0).measurements["objects"] == regions


def test_labels_grow_with_their_number() -> None:
    pixels = np.zeros((1, 60, 60), np.int16)
    pixels[:, ::3, ::3] = 300
    result = watershed_split(Image(pixels), distance=1.0)
    assert result.measurements["objects"] == 400
    assert image_of(result).pixels.dtype == np.uint16


def test_a_real_image_is_split_within_its_regions(small_brain: Image) -> None:
    result = watershed_split(small_brain, lower=500.0)
    labels = image_of(result).pixels
    mask = small_brain.pixels >= 500
    _, count = ndimage.label(mask)
    assert np.array_equal(labels > 0, mask)
    assert result.measurements["objects"] >= count
    for label in range(1, min(int(labels.max()), 30) + 1):
        assert ndimage.label(labels == label)[1] == 1


@pytest.mark.parametrize(("value", "objects"), [(0, 0), (300, 1)])
def test_nothing_and_everything(value: int, objects: int) -> None:
    result = watershed_split(Image(np.full((2, 6, 7), value, np.int16)))
    assert result.measurements["objects"] == objects
    assert (image_of(result).pixels == objects).all()
