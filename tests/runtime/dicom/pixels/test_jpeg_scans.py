"""Scans of a JPEG that lack something within, or have something too much, are refused: decoders only warn."""

import itertools
from io import BytesIO
from typing import Any

import numpy as np
import pydicom
import pytest
from PIL import Image
from pydicom.encaps import encapsulate
from pydicom.uid import JPEGBaseline8Bit

from runtime.dicom.parse.load import load
from runtime.dicom.pixels.codestreams.jpeg_restarts import check
from runtime.dicom.pixels.decode import decode
from runtime.errors import PermanentError
from tests.runtime.dicom.files import Write

SMOOTH = np.random.default_rng(8).normal(size=(72, 96)).cumsum(0).cumsum(1)
GREY = ((SMOOTH - SMOOTH.min()) / np.ptp(SMOOTH) * 255).astype(np.uint8)


def coded(mode: str = "L", **options: Any) -> bytes:
    file = BytesIO()
    Image.fromarray(GREY).convert(mode).save(file, "JPEG", quality=95, **options)
    return file.getvalue()


def intervals(stream: bytes) -> tuple[list[bytes], bytes]:
    """Return a stream's head with the first interval, and the others, each after its marker; and what follows."""
    places = [at for at in range(len(stream) - 1) if stream[at] == 0xFF and 0xD0 <= stream[at + 1] <= 0xD7]
    ends = [0, *places, len(stream) - 2]
    return [stream[start:end] for start, end in itertools.pairwise(ends)], stream[-2:]


def refused(write: Write, stream: bytes) -> str:
    with pytest.raises(PermanentError) as caught:
        decode(file_of(write, stream))
    return caught.value.message


def file_of(write: Write, stream: bytes) -> Any:
    dataset = pydicom.dcmread(write(GREY))
    dataset.file_meta.TransferSyntaxUID = JPEGBaseline8Bit
    dataset.PixelData = encapsulate([stream])
    dataset["PixelData"].is_undefined_length = True
    file = BytesIO()
    dataset.save_as(file)
    return load(file.getvalue())


@pytest.mark.parametrize("options", [{"restart_marker_rows": 1}, {"restart_marker_blocks": 7}])
@pytest.mark.parametrize("mode", ["L", "RGB"])
@pytest.mark.parametrize("subsampling", [0, 1, 2])
@pytest.mark.parametrize("progressive", [False, True])
def test_whole_scans_have_all_intervals(mode: str, subsampling: int, options: Any, progressive: bool) -> None:
    check(coded(mode, subsampling=subsampling, progressive=progressive, **options))


def test_an_interval_out_of_turn_is_refused(write: Write) -> None:
    parts, end = intervals(coded(restart_marker_rows=1))
    assert len(parts) == 9
    for wrong in ([*parts[:3], *parts[4:]], [*parts[:3], *parts[2:]], [parts[0], parts[2], parts[1], *parts[3:]]):
        assert "restart intervals are not all there, each in turn" in refused(write, b"".join(wrong) + end)


def test_eight_intervals_less_keep_their_turn_and_are_missed(write: Write) -> None:
    parts, end = intervals(coded(restart_marker_blocks=6))
    assert len(parts) == 18
    assert "intervals are missing" in refused(write, b"".join([*parts[:4], *parts[12:]]) + end)


def test_a_scan_without_its_last_intervals_is_cut_short(write: Write) -> None:
    parts, end = intervals(coded(restart_marker_rows=1))
    assert "cut short" in refused(write, b"".join(parts[:5]) + end)


def test_a_scan_of_another_jfif_version_is_cut_short_as_well(write: Write) -> None:
    stream = coded()
    assert "cut short" in refused(write, stream[:11] + b"\2" + stream[12 : len(stream) // 2] + b"\xff\xd9")


@pytest.mark.parametrize("count", [1, 2, 16])
def test_bytes_that_pad_a_scan_are_passed_over(write: Write, count: int) -> None:
    stream = coded()
    padded = stream[:-2] + bytes(count) + stream[-2:]
    assert np.array_equal(decode(file_of(write, padded)), decode(file_of(write, stream)))


def test_a_scan_with_more_than_its_blocks_is_refused(write: Write) -> None:
    stream = coded()
    assert "damaged within its scan" in refused(write, stream[:-2] + bytes(200) + stream[-2:])


def test_a_code_that_no_table_has_is_refused(write: Write) -> None:
    stream = coded()
    middle = len(stream) // 2
    wrong = stream[:middle] + b"\xff\0" * 30 + stream[middle + 60 :]  # of ones alone, as no code is (T.81, C)
    assert "damaged within its scan" in refused(write, wrong)
