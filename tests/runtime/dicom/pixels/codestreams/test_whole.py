"""Codestreams that end too early, of codes whose decoders fill in what is missing."""

from typing import Any

import numpy as np
import pydicom
import pytest
from pydicom.encaps import encapsulate, get_frame

from runtime.dicom.parse.load import load
from runtime.dicom.pixels.codestreams import whole
from runtime.dicom.pixels.codestreams.jpeg import lengthened
from runtime.dicom.pixels.decode import decode
from runtime.errors import PermanentError
from tests.runtime.dicom.files import FILES

TWELVE = FILES / "JPGExtended.dcm"


@pytest.mark.parametrize("part", [0.5, 0.9, 0.999])
def test_a_12_bit_scan_that_was_closed_too_early_is_refused(part: float) -> None:
    stream = get_frame(pydicom.dcmread(TWELVE).PixelData, 0, number_of_frames=1)
    dataset = load(TWELVE)
    assert decode(dataset).any()
    dataset.PixelData = encapsulate([stream[: int(len(stream) * part)] + b"\xff\xd9"])
    with pytest.raises(PermanentError, match="the last pixels of a scan are missing"):
        decode(dataset)


def test_a_jpeg_2000_code_without_a_length_is_refused_if_it_was_cut_between_packets(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    dataset = load(FILES / "MR_small_jp2klossless.dcm")
    stated = get_frame(dataset.PixelData, 0, number_of_frames=1)
    at, end = stated.index(b"\xff\x90") + 6, stated.rindex(b"\xff\xd9")
    stream = stated[:at] + bytes(4) + stated[at + 4 : end]
    expected = decode(dataset)

    def decoded(length: int) -> Any:
        dataset.PixelData = encapsulate([stream[:length] + b"\xff\xd9"])
        return decode(dataset)

    assert np.array_equal(decoded(len(stream)), expected)
    first = stream.index(b"\xff\x93") + 2  # before the first packet
    with pytest.raises(PermanentError, match="it lacks packets"):
        decoded(first + 1)
    monkeypatch.setattr(whole, "_check_packets", lambda *_: None)
    assert not np.array_equal(decoded(first + 1), expected)  # what a decoder makes of it


def test_further_bytes_come_at_the_end_of_each_interval_and_scan() -> None:
    scan = b"\xff\xda\0\4\0\0"
    stream = b"\xff\xd8" + scan + b"one\xff\0\xff\xd0two\xff\xff\xc4\0\3\xff" + scan + b"three\xff\xd9"
    assert lengthened(stream, b"+") == stream.replace(b"one\xff\0", b"one\xff\0+").replace(b"two", b"two+").replace(
        b"three", b"three+"
    )
