"""The boxes of a JP2 file around a frame's codestream: they change none of its samples."""

import struct
from typing import Any

import numpy as np
import pytest
from pydicom.encaps import encapsulate, get_frame

from runtime.dicom.parse.load import load
from runtime.dicom.pixels.codestreams.jp2 import codestream
from runtime.dicom.pixels.decode import decode
from runtime.errors import PermanentError
from tests.runtime.dicom.files import FILES


def box(kind: bytes, content: bytes = b"") -> bytes:
    return struct.pack(">L", 8 + len(content)) + kind + content


def jp2(stream: bytes, *boxes: bytes) -> bytes:
    header = box(b"jp2h", box(b"ihdr", struct.pack(">2LH4B", 64, 64, 1, 15, 7, 0, 0)) + b"".join(boxes))
    return box(b"jP  ", b"\r\n\x87\n") + box(b"ftyp", b"jp2 \0\0\0\0jp2 ") + header + box(b"jp2c", stream)


def channels(*colours: int) -> bytes:
    entries = [struct.pack(">3H", place, 0, colour) for place, colour in enumerate(colours)]
    return box(b"cdef", struct.pack(">H", len(entries)) + b"".join(entries))


def colour(space: int) -> bytes:
    return box(b"colr", b"\1\0\0" + struct.pack(">L", space))


PALETTE = box(b"pclr", struct.pack(">HB", 256, 1) + b"\7" + bytes(range(255, -1, -1))) + box(b"cmap", b"\0\0\1\0")


def test_samples_are_those_of_the_codestream() -> None:
    dataset = load(FILES / "MR_small_jp2klossless.dcm")
    stream = get_frame(dataset.PixelData, 0, number_of_frames=1)
    expected = decode(dataset)
    dataset.PixelData = encapsulate([jp2(stream, colour(17))])
    assert np.array_equal(decode(dataset), expected)


def test_a_palette_in_a_box_is_not_applied_instead_of_the_headers() -> None:
    dataset = load(FILES / "MR_small_jp2klossless.dcm")
    stream = get_frame(dataset.PixelData, 0, number_of_frames=1)
    dataset.PixelData = encapsulate([jp2(stream, PALETTE)])
    with pytest.raises(PermanentError, match="pclr box") as caught:
        decode(dataset)
    assert caught.value.code == "input_unreadable"


@pytest.mark.parametrize(
    ("said", "photometric"),
    [(channels(3, 2, 1), "RGB"), (colour(18), "RGB"), (colour(16), "YBR_FULL"), (PALETTE, "RGB")],
)
def test_boxes_that_deny_the_headers_colours_are_refused(said: Any, photometric: str) -> None:
    with pytest.raises(PermanentError, match="the colours cannot be known"):
        codestream(jp2(b"code", said), photometric)


@pytest.mark.parametrize("said", [channels(1, 2, 3), colour(16), colour(17), b""])
def test_boxes_that_agree_are_left_away(said: Any) -> None:
    assert codestream(jp2(b"code", said), "RGB") == b"code"


@pytest.mark.parametrize("cut", [20, 45])
def test_boxes_that_do_not_end_are_refused(cut: int) -> None:
    with pytest.raises(PermanentError, match="JP2 file"):
        codestream(jp2(b"code")[:cut], "RGB")
