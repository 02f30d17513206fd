"""Numbers of a header: those that the standard's VRs can hold, or none."""

from typing import Any

import pytest
from pydicom.tag import BaseTag
from pydicom.valuerep import IS, DSfloat

from runtime.dicom.parse.numbers import floats, number, whole


@pytest.mark.parametrize("written", ["1_5", "1_000", "１５", "nan", "inf", "1e999", "1,5", "", "0x10"])
def test_what_only_python_takes_for_a_number_is_none(written: str) -> None:
    assert number(written) is None
    assert floats([written, "1"], 2) is None


@pytest.mark.parametrize("value", [DSfloat("1_5"), IS("1_5")])
def test_a_parsed_number_is_judged_by_what_the_file_has(value: Any) -> None:
    assert number(value) is None and whole(value) is None


@pytest.mark.parametrize(("written", "value"), [("-1.5e3", -1500), (" 12 ", 12), ("+.5", 0.5), (DSfloat("1.50"), 1.5)])
def test_a_number_may_be_written_as_its_vr_allows(written: Any, value: float) -> None:
    assert number(written) == value


@pytest.mark.parametrize("value", [b"2", b"40", b"1\\2", bytearray(b"40"), BaseTag(0x00280030)])
def test_neither_bytes_nor_tags_are_numbers(value: Any) -> None:
    # what a parser makes of an element whose VR is OB, OW or AT instead of DS
    assert floats(value) is None
