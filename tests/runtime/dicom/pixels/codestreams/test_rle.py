"""RLE rows are coded one by one (PS3.5 G.3.1): where runs end tells how long they are."""

from dataclasses import replace
from itertools import groupby

import numpy as np
import pytest
from numpy.typing import NDArray
from pydicom.uid import RLELossless

from runtime.dicom.pixels.codestreams import rle
from runtime.errors import PermanentError
from tests.runtime.dicom.layouts import grey

Bytes = NDArray[np.uint8]
ROWS, COLUMNS = 24, 36
RANDOM = np.random.default_rng(3)
PICTURES = {
    "noise": RANDOM.integers(0, 255, (ROWS, COLUMNS)).astype(np.uint8),
    "blank": np.zeros((ROWS, COLUMNS), np.uint8),
    "disc": (np.hypot(*np.mgrid[-12:12, -18:18]) < 9).astype(np.uint8),
    "steps": np.repeat(RANDOM.integers(0, 255, (ROWS, COLUMNS // 4)), 4, axis=1).astype(np.uint8),
}


def runs(values: bytes, most: int = 128) -> bytes:
    """Return bytes coded in runs of one value and literal ones, at most so many at a time."""
    coded, literal = bytearray(), bytearray()

    def close() -> None:
        for at in range(0, len(literal), most):
            part = literal[at : at + most]
            coded.extend(bytes([len(part) - 1]) + part)
        literal.clear()

    for value, group in groupby(values):
        count = len(list(group))
        if count < 3:
            literal.extend([value] * count)
            continue
        close()
        while count > 1:
            part = min(count, most)
            coded.extend([257 - part, value])
            count -= part
        literal.extend([value] * count)
    close()
    return bytes(coded)


def frame(*segments: bytes) -> bytes:
    even = [each + b"\0" * (len(each) % 2) for each in segments]
    starts = np.cumsum([64, *map(len, even[:-1])])
    return np.array([len(even), *starts, *[0] * (15 - len(even))], "<u4").tobytes() + b"".join(even)


def by_rows(picture: Bytes) -> bytes:
    return frame(b"".join(runs(row.tobytes()) for row in picture))


def decoded(stream: bytes, rows: int, columns: int, allocated: int = 8) -> NDArray[np.uint8]:
    form = replace(grey(rows=rows, columns=columns), allocated=allocated, stored=allocated, high=allocated - 1)
    return rle.decode(stream, replace(form, syntax=RLELossless))


@pytest.mark.parametrize("picture", PICTURES.values(), ids=PICTURES)
def test_rows_of_the_stated_length_are_decoded(picture: Bytes) -> None:
    assert np.array_equal(decoded(by_rows(picture), ROWS, COLUMNS), picture)


@pytest.mark.parametrize("size", [(36, 24), (12, 72), (48, 18), (8, 108), (72, 12), (18, 48)])
@pytest.mark.parametrize("picture", ["noise", "blank", "disc"])  # each value of the steps ends a run anyway
def test_rows_of_another_length_are_refused(picture: str, size: tuple[int, int]) -> None:
    with pytest.raises(PermanentError, match=rf"header says {size[0]} rows of {size[1]}"):
        decoded(by_rows(PICTURES[picture]), *size)


@pytest.mark.parametrize("most", [128, 127, 50])
@pytest.mark.parametrize("picture", PICTURES.values(), ids=PICTURES)
def test_runs_across_rows_are_decoded(picture: Bytes, most: int) -> None:
    assert np.array_equal(decoded(frame(runs(picture.tobytes(), most)), ROWS, COLUMNS), picture)


def test_a_segment_of_further_bytes_is_refused_without_decoding_them() -> None:
    bomb = frame(bytes([129, 0]) * 2_000_000)  # of 256 MB
    with pytest.raises(PermanentError, match=f"holds more than {ROWS * COLUMNS} bytes"):
        decoded(bomb, ROWS, COLUMNS)


def test_a_control_byte_that_stands_for_nothing_is_passed_over() -> None:
    picture = PICTURES["disc"]
    coded = b"\x80" + b"\x80".join(runs(row.tobytes()) for row in picture) + b"\x80"
    assert np.array_equal(decoded(frame(coded), ROWS, COLUMNS), picture)


def test_rows_are_those_of_all_segments() -> None:
    high, low = PICTURES["blank"], PICTURES["noise"]
    stream = frame(*(b"".join(runs(row.tobytes()) for row in each) for each in (high, low)))
    assert np.array_equal(decoded(stream, ROWS, COLUMNS, 16), low)
    with pytest.raises(PermanentError, match="24 rows of 36"):
        decoded(stream, COLUMNS, ROWS, 16)
