"""How an image is shown."""

from typing import Any

import numpy as np
import pytest

from runtime.dicom.geometry.planes.planes import describe
from runtime.dicom.parse.load import load
from runtime.dicom.show.look import Look, colours, look_of, picture
from runtime.dicom.show.voi import Voi
from runtime.dicom.tables.table import Lut
from tests.runtime.dicom.files import Write

pytestmark = pytest.mark.filterwarnings("ignore::UserWarning:pydicom")


def look(write: Write, **attributes: Any) -> Look:
    limit = attributes.pop("PixelPaddingRangeLimit", None)
    dataset = load(write(np.zeros((4, 6), np.int16), **attributes))
    if limit is not None:
        dataset.add_new("PixelPaddingRangeLimit", "SS", limit)
    return look_of(dataset, describe(dataset)[0])


def test_padding_is_in_the_unit_of_the_values(write: Write) -> None:
    found = look(write, PixelPaddingValue=-2000, PixelPaddingRangeLimit=-1990, RescaleSlope=2, RescaleIntercept=-1024)
    assert found.padding == (-5024, -5004)


@pytest.mark.parametrize("stated", [-2000, 63536])
def test_padding_is_read_as_the_pixels_are_whatever_its_vr(write: Write, stated: int) -> None:
    assert look(write, PixelPaddingValue=stated, RescaleSlope=None, RescaleIntercept=None).padding == (-2000, -2000)


@pytest.mark.parametrize(
    ("stated", "high", "signed", "value"),
    [
        (0xF830, 11, 0, 0x830),  # the unused bits are set, in the pixels as well
        (0x0830, 11, 1, -2000),  # or not extended
        (0x8300, 15, 1, -2000),
        (-2000, 11, 1, -2000),  # a value that the stored bits hold, whatever the cells hold beside it
        (-2000, 15, 1, -2000),
    ],
)
def test_padding_has_the_bits_that_the_values_have(
    write: Write, stated: int, high: int, signed: int, value: int
) -> None:
    bits = {"BitsStored": 12, "HighBit": high, "PixelRepresentation": signed}
    cells = {"RescaleSlope": None, "RescaleIntercept": None, "PixelPaddingValue": stated}
    assert look(write, **bits, **cells).padding == (value, value)


@pytest.mark.parametrize(
    ("photometric", "shape", "inverted"),
    [
        ("MONOCHROME1", None, True),
        ("MONOCHROME1", "INVERSE", True),
        ("MONOCHROME2", "INVERSE", True),
        ("MONOCHROME2", "IDENTITY", False),
    ],
)
def test_what_is_shown_inverted(write: Write, photometric: str, shape: str | None, *, inverted: bool) -> None:
    found = look(write, PhotometricInterpretation=photometric, PresentationLUTShape=shape)
    assert found.inverted is inverted


def test_the_table_comes_before_the_window_and_a_chosen_window_before_both() -> None:
    lut = Lut(0, 8, np.array([255, 0], np.uint16))
    shown = Look(Voi(((0.5, 2.0),), "LINEAR", lut))
    values = np.array([[0, 1]], np.int16)
    assert picture(values, shown).tolist() == [[255, 0]]
    assert picture(values, shown, (1.0, 2.0)).tolist() == [[0, 255]]


@pytest.mark.parametrize("bits", [8, 10, 12, 16, 32])
def test_colours_are_of_their_own_full_scale(bits: int) -> None:
    top = 2**bits - 1
    values = np.array([[[0, top // 2, top]]], np.uint32)
    assert colours(values, bits).tolist() == [[[0, 127, 255]]]
