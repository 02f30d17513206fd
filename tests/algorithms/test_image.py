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
