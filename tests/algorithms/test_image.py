import numpy as np
import pytest

from imaging import Image


def test_with_values_keeps_all_but_the_values() -> None:
    image = Image(
        np.arange(6, dtype=np.int16).reshape(1, 2, 3), (3.0, 0.5, 0.7), "CT", "HU", (1.0, 2.0, 3.0), source={"a": "b"}
    )
    changed = image.with_values(image.pixels + 0.6)
    assert changed.pixels.dtype == np.int16
    assert changed.pixels.tolist() == [[[1, 2, 3], [4, 5, 6]]]
    kept = ("spacing", "modality", "unit", "origin", "direction", "source")
    assert [getattr(changed, name) for name in kept] == [getattr(image, name) for name in kept]


@pytest.mark.parametrize(("shape", "is_colour"), [((1, 2, 3), False), ((2, 4, 5, 3), True)])
def test_colour_is_a_fourth_axis(shape: tuple[int, ...], is_colour: bool) -> None:
    assert Image(np.zeros(shape)).is_colour is is_colour


def test_simpleitk_and_back() -> None:
    image = Image(np.arange(24, dtype=np.int16).reshape(2, 3, 4), spacing=(5.0, 0.5, 0.7))
    assert np.array_equal(image.with_simpleitk(image.to_simpleitk() * 2).pixels, image.pixels * 2)


def test_a_map_keeps_its_type_and_its_place() -> None:
    image = Image(np.arange(6, dtype=np.int16).reshape(1, 2, 3), (3.0, 0.5, 0.7), "CT", "HU", (1.0, 2.0, 3.0))
    made = image.with_map(image.pixels / 6, unit="1")
    assert made.pixels.dtype == np.float64 and made.pixels.max() == pytest.approx(5 / 6)
    assert (made.unit, made.own_scale, made.spacing, made.origin) == ("1", True, image.spacing, image.origin)
    with pytest.raises(ValueError, match="do not fit"):
        image.with_map(np.zeros((1, 2, 4)))


@pytest.mark.parametrize("dtype", ["int16", "uint8", "uint16"])
def test_values_that_would_collapse_into_two_integers_name_with_map(dtype: str) -> None:
    image = Image(np.arange(200, dtype=dtype).reshape(1, 10, 20))
    with pytest.raises(ValueError, match=r"0 and 1 .*with_map\(values, unit=") as raised:
        image.with_values(np.linspace(0, 1, 200).reshape(1, 10, 20))
    assert dtype in str(raised.value)
    assert image.with_values(np.rint(np.linspace(0, 1, 200)).reshape(1, 10, 20)).pixels.max() == 1


def test_little_contrast_is_no_other_scale() -> None:
    flat = Image(np.array([[[100, 101, 102, 103]]], np.int16))
    assert flat.with_values([[[101.2, 101.4, 101.6, 101.8]]]).pixels.tolist() == [[[101, 101, 102, 102]]]
    two = Image(np.array([[[0, 1, 1, 0]]], np.uint8))
    assert two.with_values([[[0.1, 0.9, 0.8, 0.2]]]).pixels.tolist() == [[[0, 1, 1, 0]]]
    blank = Image(np.zeros((1, 1, 4), np.int16))
    assert blank.with_values([[[0.1, 0.9, 0.8, 0.2]]]).pixels.tolist() == [[[0, 1, 1, 0]]]
