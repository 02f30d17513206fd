"""Bytes to a parsed header: bounded, and whole or not taken."""

import zlib
from io import BytesIO

import numpy as np
import pydicom
import pytest
from pydicom.dataset import Dataset
from pydicom.filebase import DicomBytesIO
from pydicom.filewriter import write_dataset
from pydicom.uid import DeflatedExplicitVRLittleEndian

from runtime.dicom import read_image
from runtime.dicom.parse import elements, inflate
from runtime.dicom.parse.load import load, load_beginning, pixel_element
from runtime.dicom.parse.numbers import floats, whole
from runtime.dicom.pixels.read_layout import layout
from runtime.errors import PermanentError
from tests.runtime.dicom.files import FILES, Write

pytestmark = pytest.mark.filterwarnings("ignore::UserWarning:pydicom")


def deflated(body: bytes) -> bytes:
    stream = zlib.compressobj(9, zlib.DEFLATED, -15)
    return stream.compress(body) + stream.flush()


def test_inflation_ends_at_its_bound() -> None:
    bomb = memoryview(deflated(bytes(8 << 20)))
    assert len(inflate.inflate(bomb)) == 8 << 20
    with pytest.raises(PermanentError, match="holds more than 4 MiB") as caught:
        inflate.inflate(bomb, 4 << 20)
    assert caught.value.code == "input_unsupported"


def test_a_deflated_stream_that_is_cut_is_refused_unless_it_is_only_the_beginning() -> None:
    cut = memoryview(deflated(np.random.default_rng(1).bytes(10_000))[:5000])
    with pytest.raises(PermanentError, match="cut short"):
        inflate.inflate(cut)
    assert 0 < len(inflate.inflate(cut, whole=False)) < 10_000


def test_a_deflated_file_holds_what_the_plain_one_holds(write: Write) -> None:
    plain = write(np.arange(24, dtype=np.int16).reshape(4, 6))
    dataset = pydicom.dcmread(plain)
    dataset.file_meta.TransferSyntaxUID = DeflatedExplicitVRLittleEndian
    packed = plain.with_name("deflated.dcm")
    dataset.save_as(packed)
    assert np.array_equal(read_image([packed]).pixels, read_image([plain]).pixels)


def test_a_header_is_taken_only_where_the_parser_reached_the_pixels() -> None:
    content = (FILES / "CT_small.dcm").read_bytes()
    at = content.index(b"\xe0\x7f\x10\x00OW")
    for length in range(200, at, 97):
        assert load_beginning(content[:length], len(content)) is None
    header = load_beginning(content[: at + 20], len(content))
    element = pixel_element(header)
    assert element is not None and element.bytes == 128 * 128 * 2


@pytest.mark.parametrize("name", ["CT_small.dcm", "MR_small_bigendian.dcm", "MR_small_implicit.dcm"])
def test_a_header_tells_that_the_pixels_after_it_are_cut_short(name: str) -> None:
    content = (FILES / name).read_bytes()
    layout(load_beginning(content, len(content)))
    lost = len(content) - content.rindex(b"\xfc\xff\xfc\xff") + 4 if b"\xfc\xff\xfc\xff" in content else 4
    with pytest.raises(PermanentError, match="cut short"):
        layout(load_beginning(content[:-lost], len(content) - lost))


@pytest.mark.parametrize(
    ("element", "place", "reason"),
    [
        ("RescaleSlope", "end", r"\(0028,1053\) after its pixels"),
        ("Rows", "start", r"\(0028,0010\) twice"),
        ("SliceThickness", "start", r"\(0018,0050\) twice"),
        ("FloatPixelData", "start", r"pixels twice, the second time in PixelData \(7FE0,0010\)"),
    ],
)
def test_a_header_says_each_thing_once_and_before_the_pixels(element: str, place: str, reason: str) -> None:
    dataset = pydicom.dcmread(FILES / "CT_small.dcm")
    added = Dataset()
    setattr(added, element, bytes(4) if element == "FloatPixelData" else 2)
    file = DicomBytesIO()
    file.is_implicit_VR, file.is_little_endian = False, True
    write_dataset(file, added)
    content = (FILES / "CT_small.dcm").read_bytes()
    at = content.index(b"\xe0\x7f\x10\x00OW")
    wrong = content[:at] + file.getvalue() + content[at:]
    if place == "end":
        wrong = content[: at + 12 + len(dataset.PixelData)] + file.getvalue()
    with pytest.raises(PermanentError, match=reason):
        load(wrong)


def test_pixels_hold_what_their_length_says_but_for_a_byte_of_padding(write: Write) -> None:
    plain = write(np.zeros((5, 5), np.uint8), DataSetTrailingPadding=None)
    content = plain.read_bytes()  # ends with 25 bytes and one of padding
    assert layout(load(content[:-1])).rows == 5
    at = content.rindex((26).to_bytes(4, "little"))
    longer = content[:at] + (28).to_bytes(4, "little") + content[at + 4 :]
    with pytest.raises(PermanentError, match="says 28 bytes of pixels, and holds 26"):
        layout(load(longer))


def test_elements_are_counted(monkeypatch: pytest.MonkeyPatch, write: Write) -> None:
    content = write(np.zeros((4, 4), np.uint8)).read_bytes()
    monkeypatch.setattr(elements, "ELEMENTS_MOST", 20)
    with pytest.raises(PermanentError, match="more than 20 elements"):
        load(content, header_only=True)


def test_zeros_after_the_pixels_are_no_elements() -> None:
    content = (FILES / "MR_small.dcm").read_bytes()
    assert load(content + bytes(512)).PixelData == load(content).PixelData


def test_what_is_no_file_at_all_is_unreadable() -> None:
    for content in (b"", b"\0" * 132, b"\0" * 128 + b"DICM", b"x" * 500):
        with pytest.raises(PermanentError) as caught:
            read_image_of(content)
        assert caught.value.code == "input_unreadable"


def read_image_of(content: bytes) -> None:
    dataset = load(content)
    assert pixel_element(dataset) is None
    raise PermanentError("input_unreadable", "no pixels")


@pytest.mark.parametrize("value", ["NaN", "inf", float("inf"), "", None, "x", ["1", "nan"], "9" * 400])
def test_numbers_are_finite_or_absent(value: object) -> None:
    assert floats(value) is None


def test_whole_numbers_are_those_of_32_bits() -> None:
    assert whole("12") == 12 and whole(["3"]) == 3 and whole("9" * 30) is None and whole([1, 2]) is None
    assert whole("1.9") is None and whole("2.0") == 2


def test_bytes_and_paths_are_alike() -> None:
    path = FILES / "CT_small.dcm"
    assert load(path.read_bytes()) == load(path) == pydicom.dcmread(BytesIO(path.read_bytes()))


def test_the_header_of_a_deflated_file_says_how_many_bytes_its_pixels_have(write: Write) -> None:
    plain = write(np.zeros((64, 64), np.int16))
    dataset = pydicom.dcmread(plain)
    dataset.file_meta.TransferSyntaxUID = DeflatedExplicitVRLittleEndian
    dataset.save_as(plain)
    content = plain.read_bytes()
    found = pixel_element(load_beginning(content, len(content)))
    assert found is not None and found.bytes == 2 * 64 * 64 > len(content)  # more than the file has
