"""`crop_to_body` keeps values and their place in the patient."""

from typing import Any

import numpy as np
import pytest
from imaging_collection.geometry.crop_to_body import crop_to_body
from imaging_collection.segmentation.body_mask import body_mask

from imaging import Image, UnsupportedInput
from tests.collection.declarations import image_of

TILTED = (1.0, 0.0, 0.0, 0.0, 0.8, -0.6, 0.0, 0.6, 0.8)


def body(shape: tuple[int, int, int]) -> Any:
    pixels = np.full(shape, -1000, np.int16)
    pixels[2:5, 10:20, 15:30] = np.random.default_rng(0).integers(0, 100, (3, 10, 15))
    return pixels


def test_values_stay_at_their_place_in_the_patient() -> None:
    image = Image(body((8, 40, 50)), (3.0, 0.8, 0.6), unit="HU", origin=(-5.0, 10.0, 30.0), direction=TILTED)
    result = crop_to_body(image, margin=2.0)
    cropped = image_of(result)
    first = [result.measurements[name] for name in ("first_plane", "first_row", "first_column")]
    assert first == [1, 7, 12]
    assert np.array_equal(cropped.pixels, image.pixels[1:6, 7:23, 12:33])
    before, after = image.to_simpleitk(), cropped.to_simpleitk()
    there = before.TransformIndexToPhysicalPoint([4 + 12, 3 + 7, 2 + 1])
    assert after.TransformIndexToPhysicalPoint([4, 3, 2]) == pytest.approx(there)


def test_the_margin_ends_at_the_images_border() -> None:
    image = Image(body((8, 40, 50)), unit="HU")
    assert image_of(crop_to_body(image, margin=200.0)).pixels.shape == (8, 40, 50)
    assert image_of(crop_to_body(image, margin=0.0)).pixels.shape == (3, 10, 15)


def test_a_real_image_loses_nothing_of_its_body(brain: Image) -> None:
    mask = image_of(body_mask(brain)).pixels
    cropped = image_of(crop_to_body(brain, margin=0.0)).pixels
    assert cropped.size < 0.8 * brain.pixels.size
    rows, columns = (np.flatnonzero(mask.any(axis=axes)) for axes in ((0, 2), (0, 1)))
    assert cropped.shape[1:] == (np.ptp(rows) + 1, np.ptp(columns) + 1)


def test_without_a_body_it_is_refused() -> None:
    with pytest.raises(UnsupportedInput, match=r"crop_to_body finds no body: no value is above 5000\."):
        crop_to_body(Image(body((8, 40, 50)), unit="HU"), level=5000.0)
