"""`subtract` gives the difference in its unit, and a window in which equal is mid-grey."""

from dataclasses import replace

import numpy as np
import pytest
from imaging_collection.pairs.subtract import subtract

from imaging import Image, Transform, UnsupportedInput
from tests.collection.declarations import image_of


def test_on_one_grid_it_is_the_difference(small_brain: Image) -> None:
    earlier = replace(small_brain, pixels=small_brain.pixels - np.int16(30))
    found = subtract(small_brain, earlier)
    assert image_of(found).pixels.dtype == np.int16
    assert (image_of(found).pixels == 30).all()
    assert found.measurements == {"mean": 30, "standard_deviation": 0, "largest": 30, "overlap_percent": 100}
    assert found.window == (0, 60)


def test_hu_stay_hu_and_the_window_holds_nearly_all_differences() -> None:
    rng = np.random.default_rng(1)
    one, two = (Image(rng.normal(0, 100, (3, 40, 40)).astype(np.int16), modality="CT", unit="HU") for _ in range(2))
    found = subtract(one, two)
    assert found.image is not None and found.image.unit == "HU"
    assert set(found.measurements) == {"mean_hu", "standard_deviation_hu", "largest_hu", "overlap_percent"}
    assert found.window is not None
    centre, width = found.window
    assert centre == 0
    assert (np.abs(found.image.pixels) <= width / 2).mean() == pytest.approx(0.995, abs=0.002)


@pytest.mark.parametrize(
    ("one", "two", "expected"),
    [
        ("uint8", "uint8", "int16"),
        ("int16", "int16", "int16"),
        ("uint16", "uint16", "int32"),
        (">i2", "int16", "int16"),
        ("int32", "int32", "int64"),
        ("int16", "float32", "float32"),
        ("float64", "float64", "float32"),
    ],
)
def test_the_type_holds_every_difference(one: str, two: str, expected: str) -> None:
    def ends(dtype: str) -> tuple[int, int]:
        kind = np.dtype(dtype)
        return (-2, 2) if kind.kind == "f" or kind.name == "int16" else (np.iinfo(kind).min, np.iinfo(kind).max)

    (low, high), (least, most) = ends(one), ends(two)
    found = image_of(subtract(Image(np.array([[[low, high]]], one)), Image(np.array([[[most, least]]], two)))).pixels
    assert found.dtype == np.dtype(expected)
    assert found.tolist() == [[[low - most, high - least]]]


def test_other_grids_are_interpolated_and_rounded() -> None:
    ramp = Image(np.arange(0, 100, 10, dtype=np.int16).reshape(1, 1, 10), spacing=(1.0, 1.0, 2.0))
    fine = Image(np.zeros((1, 1, 4), np.int16), spacing=(1.0, 1.0, 0.5), origin=(2.0, 0.0, 0.0))
    assert image_of(subtract(fine, ramp)).pixels.tolist() == [[[-10, -12, -15, -18]]]  # 12.5 and 17.5, to the even


def test_a_transform_leads_to_the_other_image(small_brain: Image) -> None:
    there = replace(small_brain, origin=(500.0, 0.0, 0.0))
    way = np.subtract(there.origin, small_brain.origin)
    found = subtract(small_brain, there, Transform(translation=(float(way[0]), float(way[1]), float(way[2]))))
    assert not image_of(found).pixels.any()


def test_where_the_other_image_ends_the_difference_is_zero_and_said() -> None:
    whole = Image(np.full((1, 4, 10), 50, np.int16))
    part = Image(np.full((1, 4, 4), 20, np.int16))
    found = subtract(whole, part)
    assert found.missing == ("The other image covers 40 % of this one; elsewhere the difference is 0.",)
    assert found.measurements["mean"] == 30
    assert found.image is not None and not found.image.pixels[:, :, 4:].any()


def test_one_plane_is_subtracted_from_a_volume_at_its_place(small_brain: Image) -> None:
    third = np.add(small_brain.origin, 2 * small_brain.spacing[0] * np.asarray(small_brain.direction)[2::3])
    plane = replace(
        small_brain, pixels=small_brain.pixels[2:3], origin=(float(third[0]), float(third[1]), float(third[2]))
    )
    found = subtract(plane, small_brain)
    assert not image_of(found).pixels.any()


@pytest.mark.parametrize(
    ("other", "sentence"),
    [
        (
            Image(np.zeros((1, 4, 4), np.int16), origin=(900.0, 0.0, 0.0)),
            "no place that this image and other both show",
        ),
        (Image(np.zeros((1, 4, 4), np.int16), unit="HU"), "this image are in arbitrary units, those of other in HU"),
        (Image(np.full((1, 4, 4), np.nan)), "finite values; some of other are"),
        (Image(np.zeros((1, 4, 4, 3), np.uint8)), "one channel; other is in colour"),
        (Image(np.full((1, 4, 4), 1e300)), "too large"),
    ],
)
def test_what_cannot_be_subtracted_is_said(other: Image, sentence: str) -> None:
    with pytest.raises(UnsupportedInput, match=sentence):
        subtract(Image(np.zeros((1, 4, 4), np.int16)), other)
