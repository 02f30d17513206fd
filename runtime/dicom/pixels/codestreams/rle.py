"""RLE Lossless (PS3.5 annex G) to pixel cells."""

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from runtime.dicom.parse.guard import unreadable
from runtime.dicom.pixels.layout import Layout

RATIO_MOST = 64  # two bytes make 128 at most
RUN_MOST = 128  # bytes
UNUSED = 128  # a control byte that stands for nothing
SIDE_MOST = 65535


class Segment(NamedTuple):
    """A decoded segment: its bytes, where its runs end, and which of them are literal."""

    content: bytearray
    ends: list[int]
    literal: list[bool]


def decode(stream: bytes, layout: Layout) -> NDArray[Any]:
    """Return a frame's cells of shape (M, N) or (M, N, samples). Raises PermanentError (`input_unreadable`)."""
    pixels, size = layout.rows * layout.columns, layout.allocated // 8
    offsets = [int.from_bytes(stream[at : at + 4], "little") for at in range(0, min(64, len(stream)), 4)]
    count = layout.samples * size
    if len(offsets) < 16 or size == 0 or offsets[0] != count or pixels * count > RATIO_MOST * len(stream):
        raise unreadable("An RLE frame does not hold the segments that its header says.")
    bounds = [*offsets[1 : count + 1], len(stream)]
    if bounds[0] != 64 or bounds != sorted(bounds):
        raise unreadable("An RLE frame's segment offsets are wrong.")
    segments = [_segment(stream[bounds[index] : bounds[index + 1]], pixels) for index in range(count)]
    _check_rows(segments, layout)
    cells = np.empty((layout.samples, size, pixels), np.uint8)
    for index, segment in enumerate(segments):
        cells[index // size, index % size] = np.frombuffer(segment.content, np.uint8)
    # Segments come with the most significant byte first (PS3.5 G.2).
    words = np.ascontiguousarray(cells.transpose(0, 2, 1)).view(f">u{size}")[..., 0].astype(f"u{size}")
    shaped = words.reshape(layout.samples, layout.rows, layout.columns)
    return shaped[0] if layout.samples == 1 else np.moveaxis(shaped, 0, -1)


def _segment(source: bytes, pixels: int) -> Segment:
    """Return a decoded segment (PS3.5 G.3.2). It is padded to an even length: what is left of it makes no byte."""
    content, ends, literal = bytearray(), list[int](), list[bool]()
    at = 0
    while at + 1 < len(source) and len(content) <= pixels:
        control = source[at]
        if control < UNUSED:
            content += source[at + 1 : at + 2 + control]
            at += 2 + control
        elif control > UNUSED:
            content += source[at + 1 : at + 2] * (257 - control)
            at += 2
        else:
            at += 1
            continue
        ends.append(len(content))
        literal.append(control < UNUSED)
    if len(content) != pixels:
        held = f"more than {pixels}" if len(content) > pixels else len(content)
        raise unreadable(f"An RLE segment holds {held} bytes, but the header says {pixels}.")
    return Segment(content, ends, literal)


def _check_rows(segments: Sequence[Segment], layout: Layout) -> None:
    """Refuse a frame that was coded in rows of another length than the header says.

    Rows are coded one by one (PS3.5 G.3.1), so that a run ends with each: also where no encoder would end one if the
    row went on. Encoders that code across rows exist, and end their runs anywhere; of them nothing is said.
    """
    pixels = layout.rows * layout.columns
    ended, forced = np.ones(pixels, np.bool_), np.zeros(pixels, np.int64)
    for segment in segments:
        runs, without_need = _ends(segment)
        own = np.zeros(pixels, np.bool_)
        own[runs] = True
        ended &= own
        forced[runs] += without_need
    is_by_rows = bool(ended[layout.columns :: layout.columns].all())
    for columns in _divisors(pixels):
        if columns == layout.columns or max(columns, pixels // columns) > SIDE_MOST:
            continue
        places = np.arange(columns, pixels, columns)
        if columns % layout.columns:
            places = places[places % layout.columns != 0]
        elif is_by_rows:
            continue  # every second row, or third, ends there anyway
        if len(places) and ended[places].all() and 8 * forced[places].sum() >= len(segments) * len(places):
            raise unreadable(
                f"The RLE frame was coded in {pixels // columns} rows of {columns} pixels, but the header says "
                f"{layout.rows} rows of {layout.columns}."
            )


def _ends(segment: Segment) -> tuple[NDArray[np.intp], NDArray[np.bool_]]:
    """Return where runs end, but for the last, and whether the next one could have been a part of it."""
    ends = np.array(segment.ends, np.intp)
    lengths, literal = np.diff(ends, prepend=0), np.array(segment.literal)
    content, at = np.frombuffer(segment.content, np.uint8), ends[:-1]
    both = literal[:-1] & literal[1:]
    same = ~literal[:-1] & ~literal[1:] & (content[at - 1] == content[at])
    return at, (both | same) & (lengths[:-1] + lengths[1:] <= RUN_MOST)


def _divisors(number: int) -> list[int]:
    """Return the divisors of a number, but for 1 and itself."""
    low = [each for each in range(2, int(number**0.5) + 1) if number % each == 0]
    return sorted({*low, *(number // each for each in low)})
