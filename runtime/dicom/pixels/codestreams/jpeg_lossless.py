"""Whether a lossless JPEG scan holds all of its pixels: decoders fill in what was cut off, and say nothing."""

from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from runtime.dicom.parse.guard import unreadable
from runtime.dicom.pixels.codestreams.frame_header import FrameHeader
from runtime.dicom.pixels.codestreams.jpeg_segments import HUFFMAN, LOSSLESS, SOS, Segment, segments

RESTART = 0xDD
PADDING_MOST: Final = 7  # bits to the end of the last byte


def check(stream: bytes, samples: NDArray[Any], header: FrameHeader) -> bool:
    """Count the bits that the decoded samples take (ITU-T T.81, H.1.2), compare them with those that the scan has.

    Return whether they can be counted:
    Only scans of all components and without restart intervals can be counted; nearly all files have these.

    Raises PermanentError (`input_unreadable`).
    """
    parts = list(segments(stream))
    scan = parts[-1]
    plain = any(each.marker in LOSSLESS for each in parts) and not any(
        each.marker == RESTART and stream[each.start : each.end] != b"\0\0" for each in parts
    )
    if scan.marker != SOS or not plain or stream[scan.start] != header.components:
        return False
    predictor, point = stream[scan.end - 3], stream[scan.end - 1] & 15
    needed = 0
    for index in range(header.components):
        lengths = _code_lengths(stream, parts, stream[scan.start + 2 + 2 * index] >> 4)
        one = samples if header.components == 1 else samples[..., index]
        categories = _categories(one, predictor, point, header.precision)
        # Category 16 has no further bits (table H.2).
        each = lengths + np.where(np.arange(17) < 16, np.arange(17), 0)
        needed += int((np.bincount(categories.ravel(), minlength=17) * each).sum())
    coded = stream[scan.end : stream.rindex(b"\xff\xd9")].replace(b"\xff\x00", b"\xff")
    if not 0 <= 8 * len(coded) - needed <= PADDING_MOST + 8:
        raise unreadable("A frame's lossless JPEG scan does not hold all of its pixels.")
    return True


def _code_lengths(stream: bytes, parts: list[Segment], table: int) -> NDArray[np.int64]:
    """Return the length of each category's Huffman code."""
    lengths = np.zeros(17, np.int64)
    for each in (one for one in parts if one.marker == HUFFMAN):
        at = each.start
        while at + 17 <= each.end:
            counts = stream[at + 1 : at + 17]
            values = stream[at + 17 : at + 17 + sum(counts)]
            if stream[at] & 15 == table:
                for category, length in zip(values, np.repeat(np.arange(1, 17), list(counts)), strict=False):
                    lengths[min(category, 16)] = length
            at += 17 + sum(counts)
    return lengths


def _categories(samples: NDArray[Any], predictor: int, point: int, precision: int) -> NDArray[np.int64]:
    """Return the category of each sample's difference from its prediction (T.81 table H.1)."""
    mask = (1 << precision) - 1
    values = (samples.astype(np.int64) & mask) >> point
    left, above = np.zeros_like(values), np.zeros_like(values)
    left[:, 1:], above[1:] = values[:, :-1], values[:-1]
    corner = np.zeros_like(values)
    corner[1:, 1:] = values[:-1, :-1]
    formulas = {
        1: lambda: left,
        2: lambda: above,
        3: lambda: corner,
        4: lambda: left + above - corner,
        5: lambda: left + ((above - corner) >> 1),
        6: lambda: above + ((left - corner) >> 1),
        7: lambda: (left + above) >> 1,
    }
    if predictor not in formulas:
        raise unreadable("A frame's lossless JPEG scan names a predictor that does not exist.")
    predicted = formulas[predictor]()
    predicted[0] = left[0]
    predicted[1:, 0] = above[1:, 0]
    predicted[0, 0] = 1 << (precision - point - 1)
    difference = np.abs(((values - predicted + 32768) & 0xFFFF) - 32768)
    return np.ceil(np.log2(difference + 1)).astype(np.int64)
