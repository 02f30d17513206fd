"""Otsu's threshold is the same from either library."""

import numpy as np
import pytest
from imaging_collection.levels import otsu_level
from skimage.filters import threshold_otsu

from imaging import Image


@pytest.mark.parametrize("dtype", ["uint8", "int8", "int16", "uint16", ">i2", "int32", "float32"])
def test_is_scikit_images(dtype: str) -> None:
    generator = np.random.default_rng(8)
    values = np.concatenate([generator.normal(-20, 9, 500), generator.normal(60, 15, 400)])
    shifted = values + (100 if np.dtype(dtype).kind == "u" else 0)
    pixels = np.clip(np.rint(shifted), -128, 255 if dtype != "int8" else 127).astype(dtype)
    assert otsu_level(pixels) == threshold_otsu(pixels.astype(pixels.dtype.newbyteorder("=")))


def test_the_whole_range_of_a_type_does_not_wrap() -> None:
    pixels = np.array([-32768, -32767, 32766, 32767] * 5, np.int16)
    assert otsu_level(pixels) == -32767


def test_a_real_image(brain: Image) -> None:
    assert otsu_level(brain.pixels) == threshold_otsu(brain.pixels.ravel())


@pytest.mark.parametrize("dtype", ["int32", "uint32", "int64"])
def test_integers_far_apart_take_no_bin_each(dtype: str) -> None:
    limits = np.iinfo(dtype)
    low, high = limits.min // 4 + limits.max // 4, limits.max // 4 * 3
    values = np.array([low] * 60 + [high] * 40 + [limits.min, limits.max], dtype)
    assert low <= otsu_level(values) < high
