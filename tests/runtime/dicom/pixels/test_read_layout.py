"""Headers that contradict themselves are refused before any pixel is read."""

from pathlib import Path
from typing import Any

import numpy as np
import pydicom
import pytest

from runtime.dicom.parse.load import load
from runtime.dicom.pixels.decode import decode
from runtime.dicom.pixels.read_layout import layout
from runtime.errors import PermanentError
from tests.runtime.dicom.files import Write


def colour(path: Path, **attributes: Any) -> Path:
    dataset: Any = pydicom.dcmread(path)
    dataset.SamplesPerPixel, dataset.PixelData = 3, bytes(attributes.pop("bytes"))
    for keyword, value in attributes.items():
        setattr(dataset, keyword, value)
    dataset.save_as(path)
    return path


@pytest.mark.parametrize(
    ("photometric", "planar", "size", "reason"),
    [
        # PS3.3 C.7.6.3.1.2: two luminances, then the two pixels' common chrominances
        ("YBR_FULL_422", 1, 32, "YBR_FULL_422 has the samples of two pixels together"),
        # PS3.5 8.2.4: of JPEG 2000 only; a decoder may have undone them and left the header as it was
        ("YBR_ICT", 0, 48, "YBR_ICT, which is defined for JPEG 2000 only"),
        ("YBR_RCT", 0, 48, "YBR_RCT, which is defined for JPEG 2000 only"),
    ],
)
def test_colours_that_cannot_be_known_are_refused(
    write: Write, photometric: str, planar: int, size: int, reason: str
) -> None:
    attributes = {"PhotometricInterpretation": photometric, "PlanarConfiguration": planar, "bytes": size}
    path = colour(write(np.zeros((4, 4), np.uint8)), **attributes)
    with pytest.raises(PermanentError, match=reason):
        layout(load(path))


@pytest.mark.parametrize(("vr", "value"), [("DS", "4"), ("IS", "4"), ("LO", "4"), ("UL", 4), ("FD", 4.0)])
def test_a_number_counts_whatever_its_vr(write: Write, vr: str, value: Any) -> None:
    pixels = np.arange(24, dtype=np.uint16).reshape(4, 6)
    path = write(pixels)
    dataset = pydicom.dcmread(path)
    del dataset.Rows
    dataset.add_new("Rows", vr, value)
    dataset.save_as(path)
    assert np.array_equal(decode(load(path))[0], pixels)
