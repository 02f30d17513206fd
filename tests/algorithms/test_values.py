from typing import Any

import numpy as np
import pytest

from algorithms.values import converted, labelled, mapped


def to(values: Any, dtype: str) -> list[Any]:
    made = converted(np.asarray(values), np.zeros(np.shape(values), dtype))
    assert made.dtype == np.dtype(dtype)
    return made.tolist()


def test_integers_are_rounded_to_the_nearest_halves_to_even() -> None:
    assert to([0.4, 0.5, 0.6, 1.5, 2.5, -0.5, -1.5, -2.6], "int16") == [0, 0, 1, 2, 2, 0, -2, -3]


@pytest.mark.parametrize(
    ("dtype", "source", "low", "high"),
    [
        ("int16", "float64", -32768, 32767),
        ("uint16", "float32", 0, 65535),
        ("uint8", "float16", 0, 255),
        ("int8", "int64", -128, 127),
        ("uint16", "int16", 0, 32767),
        ("int64", "float64", -(2**63), 2**63 - 1024),
        ("uint64", "float32", 0, 2**64 - 2**40),
        ("int32", "float32", -(2**31), 2**31 - 128),
    ],
)
def test_what_lies_outside_becomes_the_nearest_end(dtype: str, source: str, low: int, high: int) -> None:
    ends = np.finfo(source) if source.startswith("float") else np.iinfo(source)
    assert to(np.array([ends.min, ends.max], source), dtype) == [low, high]


def test_infinity_is_an_end_and_not_a_number_an_error() -> None:
    assert to([np.inf, -np.inf], "int16") == [32767, -32768]
    with pytest.raises(ValueError, match="NaN"):
        to([1.0, np.nan], "int16")
    assert np.isnan(to([np.nan], "float32")).all()


def test_another_shape_is_an_error() -> None:
    with pytest.raises(ValueError, match=r"\(2,\) do not fit an image of shape \(3,\)"):
        converted(np.zeros(2), np.zeros(3))


@pytest.mark.parametrize(
    ("shape", "way"),
    [
        ((4, 5), r"no axis of planes: values\[np.newaxis\] has one"),
        ((1, 4, 5, 2), "a last axis of 3 is red, green and blue"),
        ((2, 4, 5), r"another grid, .* pixels of shape \(2, 4, 5\), returned as an output with grid='any'"),
    ],
)
def test_an_error_of_a_shape_says_what_to_write(shape: tuple[int, ...], way: str) -> None:
    for make in (converted, mapped):
        with pytest.raises(ValueError, match=way):
            make(np.zeros(shape), np.zeros((1, 4, 5)))
    with pytest.raises(ValueError, match=r"no axis of planes; an image of another grid, .* of shape \(1, 4, 5\)"):
        mapped(np.zeros((4, 5)), np.zeros((3, 4, 5)))


@pytest.mark.parametrize("dtype", ["complex64", object, "U3", "datetime64[s]"])
def test_values_of_which_a_part_would_be_lost_or_that_are_no_numbers_are_refused(dtype: Any) -> None:
    said = "complex, and no image is" if dtype == "complex64" else "are no numbers of an image"
    for make in (converted, mapped):
        with pytest.raises(ValueError, match=said):
            make(np.zeros((1, 2, 2), dtype), np.zeros((1, 2, 2), np.int16))


def test_the_callers_array_is_not_changed() -> None:
    values = np.array([0.4, 1e9])
    converted(values, np.zeros(2, "int16"))
    assert values.tolist() == [0.4, 1e9]


@pytest.mark.parametrize("bring", [converted, mapped, labelled])
def test_a_mask_that_no_image_has_is_not_dropped_unsaid(bring: Any) -> None:
    values = np.ma.masked_equal(np.ones((1, 2, 2), np.int16), 1)
    with pytest.raises(ValueError, match="values are masked, and no image has a mask; fill them first"):
        bring(values, np.zeros((1, 2, 2), np.int16))
