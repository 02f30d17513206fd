"""A result is shown through its source's window only if it is on its source's scale."""

from typing import Any

import numpy as np
import pytest

from algorithms.image import Image
from runtime.dicom.show.look import Look
from runtime.dicom.show.voi import Voi
from runtime.worker.child.files.scale import display_of, texts_of

SOURCE = Image(
    np.arange(-500, 500, dtype=np.int16).reshape(1, 20, 50),
    modality="CT",
    unit="HU",
    source={"WindowCenter": 40.0, "WindowWidth": 400.0, "PhotometricInterpretation": "MONOCHROME1"},
)


def window(image: Image, said: Any = None) -> tuple[str, tuple[float, float] | None]:
    display = display_of(image, said, SOURCE)
    return display.scale, display.window and (display.window.centre, display.window.width)


def test_the_same_scale_takes_the_sources_window_and_inversion() -> None:
    smoothed = SOURCE.with_values(SOURCE.pixels * 0.9)
    assert window(smoothed) == ("source", (40.0, 400.0))
    assert display_of(smoothed, None, SOURCE).inverted


@pytest.mark.parametrize("dtype", ["float32", "float64", "int16", "int32"])
def test_a_map_takes_the_range_of_its_values(dtype: str) -> None:
    labels = (np.arange(1000).reshape(1, 20, 50) % 5).astype(dtype)
    display = display_of(SOURCE.with_map(labels, unit="1"), None, SOURCE)
    assert (display.scale, display.unit, display.inverted) == ("own", "1", False)
    assert display.window is not None and (display.window.centre, display.window.width) == (2.5, 5.0)


def test_what_the_algorithm_says_counts_for_all_but_masks() -> None:
    assert window(SOURCE.with_values(SOURCE.pixels), (1.0, 2.0)) == ("own", (1.0, 2.0))
    assert window(SOURCE.with_map((SOURCE.pixels > 0).astype(np.uint8)), (1.0, 2.0)) == ("mask", None)


def test_an_empty_mask_is_a_mask() -> None:
    assert window(SOURCE.with_map(np.zeros((1, 20, 50), np.uint8)))[0] == "mask"


def test_colours_have_no_window() -> None:
    assert window(SOURCE.with_map(np.zeros((1, 20, 50, 3), np.uint8)), (1.0, 2.0)) == ("colour", None)


def test_the_sources_padding_does_not_widen_the_window_of_a_map() -> None:
    source = Image(SOURCE.pixels, source={"Looks": (Look(Voi(), padding=(-500.0, -400.0)),)})
    values = np.where(source.pixels <= -400, -9999.0, source.pixels / 100)
    made = display_of(source.with_map(values), None, source).window
    assert made is not None and made.centre - made.width / 2 > -10


def test_a_map_does_not_say_what_the_source_says_of_its_values() -> None:
    source = Image(SOURCE.pixels, source={"StudyInstanceUID": "1.2", "PixelPaddingValue": -500.0, "WindowCenter": 1.0})
    assert dict(source.with_map(source.pixels / 2).source) == {"StudyInstanceUID": "1.2"}


def test_a_unit_cannot_break_a_files_header() -> None:
    unit = "mm\nElementDataFile = x.raw" + "x" * 100
    texts = texts_of(display_of(SOURCE.with_map(SOURCE.pixels / 2, unit=unit), None, SOURCE))
    assert "\n" not in texts["Unit"] and len(texts["Unit"]) == 64
