"""RLE Lossless (PS3.5 annex G) to pixel cells."""

from typing import Any

import numpy as np
from numpy.typing import NDArray
from pydicom.pixels.decoders.rle import (
    _rle_decode_segment,  # pyright: ignore[reportPrivateUsage] - its caller takes segments of any length
)

from runtime.dicom.parse.guard import unreadable
from runtime.dicom.pixels.layout import Layout

RATIO_MOST = 64  # two bytes make 128 at most


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
    cells = np.empty((layout.samples, size, pixels), np.uint8)
    for index in range(count):
        segment = _rle_decode_segment(stream[bounds[index] : bounds[index + 1]])
        # A segment is padded to an even length: the zero at its end decodes to nothing.
        if len(segment) != pixels:
            raise unreadable(f"An RLE segment holds {len(segment)} bytes, but the header says {pixels}.")
        cells[index // size, index % size] = np.frombuffer(segment, np.uint8)
    # Segments come with the most significant byte first (PS3.5 G.2).
    words = np.ascontiguousarray(cells.transpose(0, 2, 1)).view(f">u{size}")[..., 0].astype(f"u{size}")
    shaped = words.reshape(layout.samples, layout.rows, layout.columns)
    return shaped[0] if layout.samples == 1 else np.moveaxis(shaped, 0, -1)
