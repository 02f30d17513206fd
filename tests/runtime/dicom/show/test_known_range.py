"""Values of a known range are shown by it, whatever values a frame happens to have."""

from io import BytesIO
from typing import Any

import numpy as np
import pytest

from runtime.dicom.geometry.planes.planes import describe
from runtime.dicom.parse.load import load
from runtime.dicom.pixels.decode import decode
from runtime.dicom.show.look import look_of, picture
from tests.runtime.dicom.files import Write, liver


def grey(dataset: Any, frame: int = 0) -> list[int]:
    file = BytesIO()
    dataset.save_as(file)
    parsed = load(file.getvalue())
    plane = describe(parsed)[frame]
    return np.unique(picture(decode(parsed, frame)[0], look_of(parsed, plane))).tolist()


@pytest.mark.parametrize(("byte", "level"), [(0xFF, 255), (0x00, 0)])
def test_a_frame_that_is_wholly_within_a_segment_is_white(byte: int, level: int) -> None:
    dataset = liver()
    dataset.PixelData = bytes([byte]) * (dataset.Rows * dataset.Columns // 8)
    assert grey(dataset) == [level]


@pytest.mark.parametrize(("value", "level"), [(0, 0), (50, 128), (100, 255)])
def test_a_fraction_is_shown_as_one_of_the_most(value: int, level: int) -> None:
    dataset = liver()
    dataset.SegmentationType, dataset.MaximumFractionalValue = "FRACTIONAL", 100
    dataset.BitsAllocated, dataset.BitsStored, dataset.HighBit = 8, 8, 7
    dataset.PixelData = bytes([value]) * (dataset.Rows * dataset.Columns)
    assert grey(dataset) == [level]


def test_a_window_of_the_file_comes_first() -> None:
    dataset = liver()
    dataset.WindowCenter, dataset.WindowWidth = 5, 10
    file = BytesIO()
    dataset.save_as(file)
    (plane,) = describe(load(file.getvalue()))
    assert plane.voi.windows == ((5, 10),)


def test_values_of_more_bits_have_no_known_range(write: Write) -> None:
    path = write(np.zeros((4, 4), np.uint8), WindowCenter=None, WindowWidth=None)
    assert describe(load(path))[0].voi.window is None
