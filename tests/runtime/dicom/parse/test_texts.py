"""Texts: spaces around a value mean nothing, and several values are as the file has them."""

from typing import Any

import numpy as np
import pytest
from pydicom.multival import MultiValue
from pydicom.valuerep import PersonName

from runtime.dicom import read_image
from runtime.dicom.parse.load import load
from runtime.dicom.parse.texts import text
from runtime.pacs.decoding.describe import described
from runtime.pacs.decoding.values import summary
from tests.runtime.dicom.files import Write

PIXELS = np.arange(24, dtype=np.int16).reshape(4, 6)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (None, ""),
        (" CT\0", "CT"),
        (MultiValue(str, ["HEAD ", " NECK"]), "HEAD\\NECK"),
        (PersonName("Doe^Jane"), "Doe^Jane"),
        ("a\udcffb", "a?b"),
        (b"INVERSE ", "INVERSE"),  # PresentationLUTShape as OB: it would be ignored
        (b"ORIGINAL\\PRIMARY", "ORIGINAL\\PRIMARY"),
    ],
)
def test_a_text_is_without_spaces_and_of_all_values(value: Any, expected: str) -> None:
    assert text(value) == expected


@pytest.mark.parametrize(
    ("attributes", "field", "expected"),
    [
        ({"PhotometricInterpretation": " MONOCHROME1"}, "inverted", True),
        ({"PresentationLUTShape": " INVERSE"}, "inverted", True),
        ({"Modality": "CT\\MR"}, "modality", "CT\\MR"),
        ({"Modality": " CT", "RescaleType": " HU", "RescaleSlope": 1, "RescaleIntercept": 0}, "unit", "HU"),
    ],
)
def test_a_code_with_spaces_means_what_it_means_without(
    write: Write, attributes: dict[str, Any], field: str, expected: Any
) -> None:
    path = write(PIXELS, **attributes)
    assert summary(path)[field] == expected
    assert np.array_equal(read_image([path]).pixels[0], PIXELS)


def test_the_index_has_texts_as_the_file_has_them(write: Write) -> None:
    found = described(load(write(PIXELS, SeriesDescription="a\\b")))
    assert found["series_description"] == "a\\b"
