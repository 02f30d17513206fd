"""`window` against pydicom's."""

from typing import Any

import numpy as np
import pytest
from imaging_collection.intensity.window import window
from pydicom import Dataset
from pydicom.pixels.processing import apply_voi_lut

from imaging import Image
from tests.collection.declarations import image_of

PIXELS = np.arange(-300, 500, dtype=np.int16).reshape(1, 20, 40)


def by_pydicom(pixels: np.ndarray, centre: float, width: float, function: str) -> np.ndarray:
    header = Dataset()
    header.WindowCenter, header.WindowWidth, header.VOILUTFunction = centre, width, function
    header.PhotometricInterpretation, header.BitsStored, header.PixelRepresentation = "MONOCHROME2", 16, 1
    grey = apply_voi_lut(pixels, header)
    return (grey + 32768) / 65535 * 255  # pydicom's grey levels are those of the stored bits


@pytest.mark.parametrize("function", ["linear", "linear_exact", "sigmoid"])
@pytest.mark.parametrize(("centre", "width"), [(40, 400), (-20.5, 133), (100, 20)])
def test_is_dicoms_function(function: Any, centre: float, width: float) -> None:
    grey = image_of(window(Image(PIXELS, unit="HU"), centre=centre, width=width, function=function)).pixels
    assert grey.dtype == np.uint8
    expected = by_pydicom(PIXELS, centre, width, function.upper())
    assert np.abs(grey - expected).max() <= 0.51


def test_a_window_of_one_is_a_step() -> None:
    grey = image_of(window(Image(PIXELS), centre=40, width=1)).pixels
    assert np.array_equal(grey, np.where(PIXELS > 39.5, 255, 0))


def test_the_files_window_is_the_default_and_each_value_replaces_its_own() -> None:
    image = Image(PIXELS, source={"WindowCenter": 60.0, "WindowWidth": 200.0})
    assert np.array_equal(image_of(window(image)).pixels, image_of(window(Image(PIXELS), centre=60, width=200)).pixels)
    assert np.array_equal(
        image_of(window(image, width=50)).pixels, image_of(window(Image(PIXELS), centre=60, width=50)).pixels
    )


def test_what_is_inverted_in_the_source_is_inverted_in_the_values() -> None:
    inverted = Image(PIXELS, source={"PhotometricInterpretation": "MONOCHROME1"})
    plain = window(Image(PIXELS), centre=40, width=400)
    assert np.array_equal(
        image_of(window(inverted, centre=40, width=400)).pixels, 255 - image_of(plain).pixels.astype(int)
    )


def test_a_real_image_without_a_window_uses_all_grey_levels_and_is_shown_as_it_is(brain: Image) -> None:
    result = window(brain)
    grey = image_of(result).pixels
    assert (grey.min(), grey.max()) == (0, 255)
    assert len(np.unique(grey)) > 200
    assert result.window == (128, 256)
