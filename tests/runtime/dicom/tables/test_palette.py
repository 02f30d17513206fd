"""The three tables of a palette are read together."""

from dataclasses import replace
from io import BytesIO

import numpy as np
import pytest
from PIL import Image
from pydicom.dataset import Dataset
from pydicom.uid import JPEGBaseline8Bit

from runtime.dicom.pixels.codestreams.codestream import check
from runtime.dicom.tables.palette import coloured
from runtime.errors import PermanentError
from tests.runtime.dicom.layouts import grey


def palette(red: int, green: int, blue: int) -> Dataset:
    """Return a header with tables of 256 entries of 16 bits, of which each is its colour's factor times its place."""
    dataset = Dataset()
    dataset.BitsStored, dataset.PixelRepresentation = 8, 0
    for colour, factor in (("Red", red), ("Green", green), ("Blue", blue)):
        dataset.add_new(f"{colour}PaletteColorLookupTableDescriptor", "US", [256, 0, 16])
        entries = (np.arange(256) * factor).astype("<u2").tobytes()
        dataset.add_new(f"{colour}PaletteColorLookupTableData", "OW", entries)
    return dataset


@pytest.mark.parametrize(
    ("factors", "last"),
    [
        # PS3.3 C.7.6.3.1.5: all have the same number of bits, so that one of them alone is never brightened
        ((257, 32, 0), [255, 31, 0]),
        ((0, 257, 1), [0, 255, 0]),
        # entries of 8 bits in tables that say 16
        ((1, 1, 0), [255, 255, 0]),
    ],
)
def test_a_dim_colour_stays_dim(factors: tuple[int, int, int], last: list[int]) -> None:
    values = np.array([[0, 255]], np.uint8)
    assert coloured(values, palette(*factors), grey(8))[0, 1].tolist() == last


def test_numbers_of_a_palette_that_were_coded_with_loss_are_refused() -> None:
    layout = replace(grey(8, rows=16, columns=16), allocated=8, photometric="PALETTE COLOR", syntax=JPEGBaseline8Bit)
    file = BytesIO()
    Image.new("L", (16, 16)).save(file, "JPEG")
    assert check(file.getvalue(), replace(layout, photometric="MONOCHROME2")).exact is False
    with pytest.raises(PermanentError, match="coded with loss, so their colours cannot be known"):
        check(file.getvalue(), layout)
