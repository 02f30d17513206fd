"""Codestreams that end too early, of codes whose decoders fill in what is missing."""

import pydicom
import pytest
from pydicom.encaps import encapsulate, get_frame

from runtime.dicom.parse.load import load
from runtime.dicom.pixels.decode import decode
from runtime.dicom.pixels.jpeg import lengthened
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


def test_further_bytes_come_at_the_end_of_each_interval_and_scan() -> None:
    scan = b"\xff\xda\0\4\0\0"
    stream = b"\xff\xd8" + scan + b"one\xff\0\xff\xd0two\xff\xff\xc4\0\3\xff" + scan + b"three\xff\xd9"
    assert lengthened(stream, b"+") == stream.replace(b"one\xff\0", b"one\xff\0+").replace(b"two", b"two+").replace(
        b"three", b"three+"
    )
