"""Tests of the items of sequences: each thing once, each item within its sequence."""

import struct
import zlib
from io import BytesIO
from typing import Any

import pydicom
import pytest
from pydicom.dataset import Dataset
from pydicom.uid import (
    DeflatedExplicitVRLittleEndian,
    ExplicitVRBigEndian,
    ExplicitVRLittleEndian,
    ImplicitVRLittleEndian,
)

from runtime.dicom.parse.load import load, load_beginning
from runtime.dicom.pixels.decode import decode
from runtime.errors import PermanentError
from tests.runtime.dicom.files import FILES

CENTRE, WIDTH = b"12345678", b"87654321"
NATIVE = (ImplicitVRLittleEndian, ExplicitVRLittleEndian, ExplicitVRBigEndian)


def enhanced(syntax: str, *, undefined: bool = False, depth: int = 0) -> bytes:
    """Return a file with a window in its shared functional groups, or in a sequence within them."""
    dataset: Any = pydicom.dcmread(FILES / "CT_small.dcm")
    window = Dataset()
    window.WindowCenter, window.WindowWidth = CENTRE.decode(), WIDTH.decode()
    for _ in range(depth):
        outer = Dataset()
        outer.DerivationImageSequence = [window]
        window = outer
    shared = Dataset()
    shared.FrameVOILUTSequence = [window]
    dataset.SharedFunctionalGroupsSequence = [shared]
    for sequence, items in (("SharedFunctionalGroupsSequence", dataset), ("FrameVOILUTSequence", shared)):
        items[sequence].is_undefined_length = undefined
        items[sequence].value[0].is_undefined_length_sequence_item = undefined
    dataset.file_meta.TransferSyntaxUID = syntax
    file = BytesIO()
    pydicom.dcmwrite(file, dataset, enforce_file_format=True)
    return file.getvalue()


def doubled(content: bytes, order: str = "<") -> bytes:
    """Return a file whose item states its window's centre twice and no width."""
    centre, width = (struct.pack(f"{order}2H", 0x0028, element) for element in (0x1050, 0x1051))
    start = content.index(CENTRE)
    at = content.index(width, start)
    assert content.rindex(centre, 0, start) >= start - 8
    return content[:at] + centre + content[at + 4 :]


@pytest.mark.parametrize("undefined", [False, True])
@pytest.mark.parametrize("depth", [0, 3])
@pytest.mark.parametrize("syntax", NATIVE)
def test_an_item_that_says_a_thing_twice_is_refused(syntax: str, depth: int, undefined: bool) -> None:
    content = enhanced(syntax, undefined=undefined, depth=depth)
    load(content, header_only=True)
    wrong = doubled(content, ">" if syntax == ExplicitVRBigEndian else "<")
    for read in (load, lambda file: load_beginning(file, len(file))):
        with pytest.raises(PermanentError, match=r"has the element WindowCenter \(0028,1050\) twice"):
            read(wrong)


def test_an_item_of_a_deflated_file_is_checked_as_well() -> None:
    content = doubled(enhanced(ExplicitVRLittleEndian))
    (length,) = struct.unpack_from("<I", content, 140)
    meta, body = content[: 144 + length], content[144 + length :]
    packer = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    named = DeflatedExplicitVRLittleEndian.encode()
    old = ExplicitVRLittleEndian.encode() + b"\0"
    changed = meta.replace(struct.pack("<H", len(old)) + old, struct.pack("<H", len(named)) + named)
    changed = changed[:140] + struct.pack("<I", len(changed) - 144) + changed[144:]
    with pytest.raises(PermanentError, match="twice"):
        load(changed + packer.compress(body) + packer.flush())


def test_what_vendors_write_twice_is_theirs() -> None:
    dataset: Any = pydicom.dcmread(FILES / "CT_small.dcm")
    shared = Dataset()
    shared.add_new(0x00091001, "LO", "one")
    shared.add_new(0x00091002, "LO", "two")
    dataset.SharedFunctionalGroupsSequence = [shared]
    file = BytesIO()
    dataset.save_as(file)
    load(file.getvalue().replace(b"\x09\0\x02\x10LO\4\0two ", b"\x09\0\x01\x10LO\4\0two "))


@pytest.mark.parametrize("change", [-2, 2])
@pytest.mark.parametrize("part", ["item", "element"])
def test_an_item_that_does_not_end_where_it_says_is_refused(part: str, change: int) -> None:
    content = enhanced(ExplicitVRLittleEndian)
    start = content.index(CENTRE)
    # The item's head is before the element's, whose length are the two bytes before the value.
    at, kind = (start - 12, "<I") if part == "item" else (start - 2, "<H")
    (length,) = struct.unpack_from(kind, content, at)
    wrong = content[:at] + struct.pack(kind, length + change) + content[at + struct.calcsize(kind) :]
    with pytest.raises(PermanentError) as caught:
        load(wrong)
    assert "is damaged" in caught.value.message


def test_a_header_of_which_only_the_beginning_is_there_is_no_damage() -> None:
    content = enhanced(ExplicitVRLittleEndian)
    for end in range(content.index(CENTRE) - 40, content.index(CENTRE) + 20, 3):
        assert load_beginning(content[:end], len(content)) is None


def test_a_sequence_that_goes_on_after_the_pixels_is_refused() -> None:
    content = enhanced(ExplicitVRLittleEndian, undefined=True)
    pixels = content.index(b"\xe0\x7f\x10\x00OW")
    # without its delimiters the sequence takes the pixels for one of its elements
    wrong = content[: pixels - 32] + content[pixels:]
    assert content[pixels - 8 : pixels] == b"\xfe\xff\xdd\xe0" + bytes(4)
    with pytest.raises(PermanentError):
        decode(load(wrong))


def test_sequences_nest_to_a_bound() -> None:
    load(enhanced(ExplicitVRLittleEndian, depth=40))
    with pytest.raises(PermanentError, match="more than 64 sequences in one another"):
        load(enhanced(ExplicitVRLittleEndian, depth=70))


def test_a_transfer_syntax_is_stated_once() -> None:
    content = (FILES / "CT_small.dcm").read_bytes()
    (length,) = struct.unpack_from("<I", content, 140)
    added = b"\x02\0\x10\0UI" + struct.pack("<H", 18) + ImplicitVRLittleEndian.encode() + b"\0"
    wrong = content[:140] + struct.pack("<I", length + len(added)) + content[144 : 144 + length] + added
    with pytest.raises(PermanentError, match=r"\(0002,0010\) twice"):
        load(wrong + content[144 + length :])
