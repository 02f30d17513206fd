"""The three tables of a palette are read together."""

import numpy as np
import pytest
from pydicom.dataset import Dataset

from runtime.dicom.tables.palette import coloured
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
