"""Stored bits to values, of cells and of codestreams."""

from dataclasses import replace

import numpy as np
import pytest
from pydicom.uid import JPEGBaseline8Bit

from runtime.dicom.pixels.bits import cell_values, coded_values
from runtime.dicom.pixels.layout import Layout
from runtime.errors import PermanentError
from tests.runtime.dicom.layouts import grey


@pytest.mark.parametrize("width", [8, 16, 32, 64])
@pytest.mark.parametrize("signed", [False, True])
def test_whatever_the_unused_bits_hold_the_value_is_that_of_the_stored_bits(width: int, *, signed: bool) -> None:
    stored = width - 3
    low, high = (-(2 ** (stored - 1)), 2 ** (stored - 1) - 1) if signed else (0, 2**stored - 1)
    for value in (low, high, 0, 1, -1 if signed else 5):
        for top in (stored - 1, stored, width - 1):  # HighBit; the rest of the cell is full of ones
            shift = top + 1 - stored
            unused = (2**width - 1) ^ ((2**stored - 1) << shift)
            cell = np.array([(value % 2**stored) << shift | unused], f"u{width // 8}")
            assert cell_values(cell, stored, top, signed=signed).tolist() == [value]


def coded(samples: list[int], precision: int, layout: Layout, *, signed: bool = False, exact: bool = True) -> list[int]:
    array = np.array(samples, "u2")
    values = coded_values(array, precision, signed=signed, exact=exact, layout=layout)
    assert values.dtype == layout.dtype
    return [int(value) for value in values]


def test_a_lossless_codestream_of_whole_cells_is_masked_as_the_header_says() -> None:
    assert coded([0xF123, 0x0FFF], 16, grey(stored=12)) == [0x123, 0xFFF]
    assert coded([0xF123, 0x0FFF], 16, grey(stored=12, signed=True)) == [0x123, -1]


def test_all_bits_of_a_lossy_codestream_are_the_value() -> None:
    assert coded([4095], 12, grey(stored=10), exact=False) == [4095]


def test_a_codestream_of_fewer_bits_holds_no_more_than_it_has() -> None:
    assert coded([0x0FFF], 12, grey(stored=16)) == [4095]
    assert coded([0xFFFF], 12, grey(stored=16, signed=True), signed=True) == [-1]


def test_what_is_negative_for_one_of_the_two_only_is_refused() -> None:
    assert coded([0x07FF], 12, grey(stored=16, signed=True)) == [2047]
    with pytest.raises(PermanentError, match="cannot be known"):
        coded([0x0800], 12, grey(stored=16, signed=True))


def test_a_lossy_codestream_of_more_bits_holds_no_twos_complement_of_fewer() -> None:
    # near-lossless JPEG-LS of 12-bit cells as samples of 16: 4095 may stand for -1
    assert coded([2047], 16, grey(stored=12, signed=True), exact=False) == [2047]
    with pytest.raises(PermanentError, match="16 unsigned bits a sample, but the header says 12 signed"):
        coded([4095], 16, grey(stored=12, signed=True), exact=False)


def test_the_samples_of_a_dct_are_unsigned() -> None:
    layout = replace(grey(stored=8, signed=True), syntax=JPEGBaseline8Bit)
    assert coded([127], 8, layout, exact=False) == [127]
    with pytest.raises(PermanentError, match="cannot be known"):
        coded([130], 8, layout, exact=False)
