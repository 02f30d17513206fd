import sys

import numpy as np
import pytest

from algorithms.image import Image
from algorithms.ports.transform import Transform
from algorithms.simpleitk import to_simpleitk, values_of

DIRECTION = (0.0, 1.0, 0.0, 1.0, 0.0, 0.0, 0.0, 0.0, -1.0)


@pytest.mark.parametrize("dtype", ["uint8", "int16", "uint16", ">i2", "int32", "float16", "float32", "float64"])
def test_axes_and_positions_mean_the_same_in_both(dtype: str) -> None:
    pixels = np.arange(24).reshape(2, 3, 4).astype(dtype)
    there = to_simpleitk(Image(pixels, (5.0, 0.5, 0.7), origin=(1.0, 2.0, 3.0), direction=DIRECTION))
    assert there.GetSize() == (4, 3, 2)
    assert there.GetSpacing() == (0.7, 0.5, 5.0)
    assert there.GetOrigin() == (1.0, 2.0, 3.0)
    assert there.GetDirection() == DIRECTION
    assert there.GetPixel(3, 1, 0) == pixels[0, 1, 3]
    assert np.array_equal(values_of(there), pixels)


def test_an_array_is_no_transform_of_it() -> None:
    with pytest.raises(ValueError, match=r"a ndarray is no transform of SimpleITK; of numbers Transform\("):
        Transform.of_simpleitk(np.eye(4))


def test_colour_becomes_vectors() -> None:
    pixels = np.arange(36, dtype=np.uint8).reshape(1, 3, 4, 3)
    there = to_simpleitk(Image(pixels))
    assert there.GetNumberOfComponentsPerPixel() == 3
    assert there.GetDimension() == 3
    assert np.array_equal(values_of(there), pixels)


def test_without_simpleitk_it_is_said_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "SimpleITK", None)
    monkeypatch.delitem(sys.modules, "algorithms.simpleitk")
    with pytest.raises(ModuleNotFoundError, match="among its own dependencies"):
        Image(np.zeros((1, 2, 2))).to_simpleitk()


@pytest.mark.parametrize("dtype", ["uint8", "int16", ">i2", "uint16", "int32", "int64"])
def test_resampling_rounds_to_the_nearest_integer(dtype: str) -> None:
    moving = Image(np.array([[[0, 10, 21, 100]]], dtype))
    fixed = Image(np.zeros((1, 1, 3)), origin=(0.25, 0.0, 0.0))
    found = moving.on_grid_of(fixed).pixels
    assert found.dtype == np.dtype(dtype)
    assert found.tolist() == [[[2, 13, 41]]]  # 2.5 to the even one, 12.75, 40.75


def test_outside_values_are_the_lowest_or_those_asked_for_within_the_type() -> None:
    moving, fixed = Image(np.array([[[-7, 10]]], np.int16)), Image(np.zeros((1, 1, 2)), origin=(1.0, 0.0, 0.0))
    assert moving.on_grid_of(fixed).pixels.tolist() == [[[10, -7]]]
    assert moving.on_grid_of(fixed, fill=-1e6).pixels.tolist() == [[[10, -32768]]]
    colour = Image(np.full((1, 1, 2, 3), 9, np.uint8))
    assert colour.on_grid_of(fixed, fill=0).pixels.tolist() == [[[[9] * 3, [0] * 3]]]
