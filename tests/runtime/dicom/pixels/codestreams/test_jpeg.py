"""What a JPEG codestream says of itself: its colours come before the header's, and what no decoder takes is refused."""

from collections.abc import Callable
from io import BytesIO
from typing import Any

import numpy as np
import pydicom
import pytest
from PIL import Image
from pydicom.encaps import encapsulate, get_frame
from pydicom.uid import JPEGBaseline8Bit

from runtime.dicom.parse.load import load
from runtime.dicom.pixels.decode import decode
from runtime.errors import PermanentError
from tests.runtime.dicom.files import FILES, Write

RED = (200, 30, 60)
ADOBE = b"\xff\xee\x00\x0eAdobe\x00\x64\x00\x00\x00\x00"


def coded(mode: str) -> bytes:
    """Return a red picture as YCbCr or as the samples of RGB themselves, without any marker of its colours."""
    red = Image.new("RGB", (8, 8), RED)
    if mode == "RGB":  # samples that are stored as they are
        red = Image.merge("YCbCr", red.split())
    file = BytesIO()
    red.save(file, "JPEG", quality=100, subsampling=0)
    stream = file.getvalue()
    return stream[:2] + stream[4 + int.from_bytes(stream[4:6], "big") :]  # JFIF's marker comes first


def packed(write: Write, stream: bytes, stated: str) -> Any:
    """Return a file of one colour JPEG of 8 x 8 pixels, parsed."""
    dataset = pydicom.dcmread(write(np.zeros((8, 8), np.uint8)))
    dataset.file_meta.TransferSyntaxUID = JPEGBaseline8Bit
    dataset.SamplesPerPixel, dataset.PhotometricInterpretation, dataset.PlanarConfiguration = 3, stated, 0
    dataset.PixelData = encapsulate([stream])
    dataset["PixelData"].is_undefined_length = True
    file = BytesIO()
    dataset.save_as(file)
    return load(file.getvalue())


def adobe(transform: int) -> Callable[[bytes], bytes]:
    return lambda stream: stream[:2] + ADOBE + bytes([transform]) + stream[2:]


def named_rgb(stream: bytes) -> bytes:
    made = bytearray(stream)
    frame, scan = stream.index(b"\xff\xc0"), stream.index(b"\xff\xda")
    for at, name in enumerate(b"RGB"):
        made[frame + 10 + 3 * at] = made[scan + 5 + 2 * at] = name
    return bytes(made)


@pytest.mark.parametrize("stated", ["RGB", "YBR_FULL", "YBR_FULL_422"])
@pytest.mark.parametrize(
    ("mode", "marked"), [("YCbCr", adobe(1)), ("RGB", adobe(0)), ("RGB", named_rgb)], ids=["1", "0", "names"]
)
def test_markers_of_colours_come_before_the_header(
    write: Write, stated: str, mode: str, marked: Callable[[bytes], bytes]
) -> None:
    shown = decode(packed(write, marked(coded(mode)), stated))[0, 4, 4]
    assert np.abs(shown.astype(int) - RED).max() <= 2  # 8-bit rounding of the transform and its inverse


# gdcm ends the process at each of the following: a decoder that dies costs its call the sentence that says why.


def test_colours_of_adobe_that_do_not_exist_are_refused(write: Write) -> None:
    with pytest.raises(PermanentError, match="colours of Adobe's which three samples are not"):
        decode(packed(write, adobe(8)(coded("RGB")), "RGB"))


@pytest.mark.parametrize("version", [0, 2, 255])
def test_a_jfif_marker_may_state_any_version(write: Write, version: int) -> None:
    file = BytesIO()
    Image.new("RGB", (8, 8), RED).save(file, "JPEG", quality=100, subsampling=0)
    stream = bytearray(file.getvalue())
    assert stream[6:11] == b"JFIF\0"
    stream[11] = version
    shown = decode(packed(write, bytes(stream), "YBR_FULL"))[0, 4, 4]
    assert np.abs(shown.astype(int) - RED).max() <= 2


@pytest.mark.parametrize("marker", [0x00, 0x01, 0xD0, 0xD7, 0xD8, 0xD9])
def test_a_header_holds_no_marker_without_a_segment(write: Write, marker: int) -> None:
    stream = coded("YCbCr")
    tables = stream.index(b"\xff\xdb")
    with pytest.raises(PermanentError, match="damaged"):
        decode(packed(write, stream[: tables + 1] + bytes([marker]) + stream[tables + 2 :], "YBR_FULL"))


@pytest.mark.parametrize("precision", [0, 1, 7, 17, 32, 255])
def test_a_precision_that_no_process_has_is_refused(precision: int) -> None:
    content = (FILES / "JPGExtended.dcm").read_bytes()
    frame = content.index(b"\xff\xc1") + 4
    with pytest.raises(PermanentError, match=f"{precision} bits a sample"):
        decode(load(content[:frame] + bytes([precision]) + content[frame + 1 :]))


def test_samples_that_are_indices_of_a_mapping_table_are_refused() -> None:
    dataset = load(FILES / "MR_small_jpeg_ls_lossless.dcm")
    stream = bytearray(get_frame(dataset.PixelData, 0, number_of_frames=1))
    stream[stream.index(b"\xff\xda") + 6] = 1  # Tm of the only component
    dataset.PixelData = encapsulate([bytes(stream)])
    with pytest.raises(PermanentError, match="indices of a mapping table") as caught:
        decode(dataset)
    assert caught.value.code == "input_unsupported"
