"""A JPEG codestream's own word on its colours comes before the header's, which often tells of the file it was."""

from collections.abc import Callable
from io import BytesIO

import numpy as np
import pydicom
import pytest
from PIL import Image
from pydicom.encaps import encapsulate
from pydicom.uid import JPEGBaseline8Bit

from runtime.dicom.parse.load import load
from runtime.dicom.pixels.decode import decode
from tests.runtime.dicom.files import Write

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
    dataset = pydicom.dcmread(write(np.zeros((8, 8), np.uint8)))
    dataset.file_meta.TransferSyntaxUID = JPEGBaseline8Bit
    dataset.SamplesPerPixel, dataset.PhotometricInterpretation, dataset.PlanarConfiguration = 3, stated, 0
    dataset.PixelData = encapsulate([marked(coded(mode))])
    dataset["PixelData"].is_undefined_length = True
    file = BytesIO()
    dataset.save_as(file)
    shown = decode(load(file.getvalue()))[0, 4, 4]
    assert np.abs(shown.astype(int) - RED).max() <= 2  # 8-bit rounding of the transform and its inverse
