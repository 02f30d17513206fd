"""Lookup tables in every form that writers give them."""

from typing import Any

import numpy as np
import pytest
from pydicom.dataelem import DataElement

from runtime.dicom.tables.segmented import expand
from runtime.dicom.tables.table import Context, Lut, read_lut
from runtime.errors import PermanentError

UNSIGNED = Context(implicit=False, little=True, low=0, high=4095)


def table(descriptor: list[int], data: Any, vr: str = "OW", context: Context = UNSIGNED, kind: str = "US") -> Lut:
    first = DataElement(0x00283002, kind, descriptor)
    return read_lut(first, DataElement(0x00283006, vr, data), context, "lookup table")


@pytest.mark.parametrize("count", [1, 2, 3, 254, 255, 256])
@pytest.mark.parametrize("order", ["<", ">"])
@pytest.mark.parametrize("packed", [True, False])
def test_entries_of_8_bits_in_bytes_or_in_words(count: int, order: str, *, packed: bool) -> None:
    entries = np.arange(count, 0, -1) % 256
    context = Context(implicit=False, little=order == "<", low=0, high=255)
    content = entries.astype("u1").tobytes() + b"\0" * (count % 2)
    if order == ">":
        content = np.frombuffer(content, "<u2").astype(">u2").tobytes()
    if not packed and count > 1:
        content = entries.astype(f"{order}u2").tobytes()
    found = table([count, 0, 8], content, context=context)
    assert found.bits == 8 and found.entries.tolist() == entries.tolist()


@pytest.mark.parametrize("shift", [8, 0x101])
def test_entries_of_8_bits_in_the_upper_byte_of_a_word(shift: int) -> None:
    words = np.arange(256) << 8 if shift == 8 else np.arange(256) * shift
    assert table([256, 0, 8], words.astype("<u2").tobytes()).entries.tolist() == list(range(256))


def test_words_as_numbers_and_big_endian() -> None:
    big = Context(implicit=False, little=False, low=0, high=4095)
    assert table([2, 0, 16], [1, 65535], "US").entries.tolist() == [1, 65535]
    assert table([2, 0, 16], [1, -1], "SS").entries.tolist() == [1, 65535]
    assert table([2, 0, 16], b"\x00\x01\xff\xff", context=big).entries.tolist() == [1, 65535]


def test_zero_entries_are_65536() -> None:
    assert len(table([0, 0, 16], bytes(2 * 65535) + b"\xff\xff").entries) == 65536


@pytest.mark.parametrize(
    ("low", "high", "implicit", "kind", "stated", "first"),
    [
        (-1024, 64511, True, "US", 64512, -1024),
        (-1024, 3071, False, "US", 64512, -1024),
        (0, 65535, True, "US", 64512, 64512),
        (-1000, 130070, False, "US", 64536, -1000),  # both are in the range, and only one is by the rule
        (-1000, 64535, True, "US", 40000, 40000),
        (0, 65535, False, "SS", -1, -1),
        (0, 65535, False, "SS", -25536, 40000),  # it would end before the values begin
        (-32768, 32767, True, "SS", -32768, -32768),
    ],
)
def test_the_first_value_is_signed_where_the_values_are(
    low: int, high: int, *, implicit: bool, kind: str, stated: int, first: int
) -> None:
    context = Context(implicit, True, low, high)
    assert table([2, stated, 16], [0, 65535], "US", context, kind).first == first


def test_of_two_readings_of_the_first_value_that_counts_which_maps_more_values() -> None:
    context = Context(implicit=True, little=True, low=-1000, high=64535)
    assert table([4096, 64526, 16], list(range(4096)), "US", context).first == -1010  # not 10 values at the end


def test_values_outside_take_the_ends_whatever_their_type() -> None:
    lut = Lut(-2, 8, np.array([10, 20, 30], np.uint16))
    for kind in ("int8", "int16", "int32", "int64", "float32"):
        assert lut.entries_of(np.array([-128, -2, -1, 0, 100], kind)).tolist() == [10, 10, 20, 30, 30]
    high = Lut(40000, 8, np.array([1, 2], np.uint16))
    assert high.entries_of(np.array([0, 127], np.int8)).tolist() == [1, 1]
    assert high.entries_of(np.array([0, 65535], np.uint16)).tolist() == [1, 2]


def test_entries_far_below_what_is_stated_fill_the_range() -> None:
    assert table([4, 0, 16], [0, 1000, 2000, 4095], "US").levels.tolist() == [0, 62, 125, 255]
    assert table([4, 0, 16], [0, 1000, 2000, 32767], "US").bits == 16


@pytest.mark.parametrize(
    ("descriptor", "data"),
    [
        ([4, 0, 16], bytes(6)),
        ([4, 0, 16], bytes(4)),
        ([4, 0, 12], [0, 1, 2, 4096]),
        ([4, 0, 7], [0] * 4),
        ([4, 0], [0]),
    ],
)
def test_tables_that_contradict_themselves_are_refused(descriptor: list[int], data: Any) -> None:
    with pytest.raises(PermanentError) as caught:
        table(descriptor, data, "OW" if isinstance(data, bytes) else "US")
    assert caught.value.code == "input_unreadable"


def test_segmented_palettes_are_expanded() -> None:
    words = np.array([0, 2, 5, 6, 1, 2, 10, 2, 1, 0, 0], np.uint16)  # discrete, linear, a copy of the first segment
    assert expand(words, 6, 16).tolist() == [5, 6, 8, 10, 5, 6]
    narrow = np.array([0, 2, 5, 6, 1, 2, 10, 0], np.uint8).view("<u2")
    assert expand(narrow, 4, 8).tolist() == [5, 6, 8, 10]


@pytest.mark.parametrize("words", [[0, 9, 1], [1, 3, 5], [2, 1, 0, 0], [7, 1, 0], [0, 3, 1, 2, 3, 1, 65535, 9]])
def test_segments_that_are_wrong_or_too_many_are_refused(words: list[int]) -> None:
    with pytest.raises(PermanentError):
        expand(np.array(words, np.uint16), 5, 16)
