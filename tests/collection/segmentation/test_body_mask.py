"""`body_mask` finds a body that was put in, and that of a real image."""

from typing import Any

import numpy as np
import pytest
from imaging_collection.segmentation.body_mask import body_mask
from scipy import ndimage as scipy_ndimage

from imaging import Image, UnsupportedInput
from tests.collection.declarations import image_of

ndimage: Any = scipy_ndimage  # without types

ROW, COLUMN = np.mgrid[:80, :100]
BODY = ((ROW - 35) / 25) ** 2 + ((COLUMN - 50) / 40) ** 2 < 1
LUNGS = ((ROW - 35) / 12) ** 2 + ((COLUMN - 35) / 10) ** 2 < 1


def patient() -> Image:
    """Return a body with a lung, a thin table that touches it, and noise: CT, 1 mm."""
    hu = np.where(BODY, 40, -1000)
    hu = np.where(LUNGS, -850, hu)
    hu[60:62, 5:95] = 300
    hu[5:8, 5:8] = 500
    noisy = hu + np.random.default_rng(1).normal(0, 15, (3, 80, 100))
    return Image(np.rint(noisy).astype(np.int16), (2.0, 1.0, 1.0), "CT", "HU")


def test_the_lung_belongs_to_the_body_the_table_and_what_lies_apart_do_not() -> None:
    result = body_mask(patient())
    mask = image_of(result).pixels
    assert mask.dtype == np.uint8
    wrong = (mask != BODY).mean()
    assert wrong < 0.01
    assert mask[:, LUNGS].all()
    assert not mask[:, 60:62, :20].any()
    assert result.measurements["volume_ml"] == pytest.approx(np.count_nonzero(mask) * 2 / 1000)


def test_without_opening_the_table_stays() -> None:
    assert image_of(body_mask(patient(), opening=0.0)).pixels[:, 60:62, :20].any()


def test_the_level_is_in_the_images_unit() -> None:
    mask = image_of(body_mask(patient(), level=200.0, opening=0.0)).pixels
    assert mask[:, 60:62, 5:95].mean() > 0.9
    assert not mask[:, 30:40, 60:70].any()


def test_a_real_image_has_one_body_without_holes_in_each_plane(brain: Image) -> None:
    mask = image_of(body_mask(brain)).pixels
    assert 0.2 < mask.mean() < 0.6
    assert ndimage.label(mask)[1] == 1
    for plane in mask:
        assert np.array_equal(ndimage.binary_fill_holes(plane), plane)
    # the head has about the width and length of one
    rows, columns = (np.flatnonzero(mask.any(axis=axes)) for axes in ((0, 2), (0, 1)))
    assert 130 < np.ptp(columns) * brain.spacing[2] < 220
    assert 130 < np.ptp(rows) * brain.spacing[1] < 220


def test_nothing_above_the_level_is_refused() -> None:
    with pytest.raises(UnsupportedInput, match=r"body_mask finds no body: no value is above -400\."):
        body_mask(Image(np.full((1, 9, 9), -1000, np.int16), unit="HU"))


def test_small_pixels_are_opened_like_large_ones() -> None:
    values = patient().pixels[:1, 40:70, :60]
    coarse = Image(values, (2.0, 1.0, 1.0), unit="HU")
    fine = Image(values.repeat(20, 1).repeat(20, 2), (2.0, 0.05, 0.05), unit="HU")
    large, small = (image_of(body_mask(each, opening=5.0)).pixels for each in (coarse, fine))
    assert 0.1 < small.mean() < 0.9
    assert (large.repeat(20, 1).repeat(20, 2) == small).mean() > 0.98
