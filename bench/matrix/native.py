"""Uncompressed frames as they lie in a file (PS3.5 8.1 and annex A), and back, with NumPy alone."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from bench.matrix.case import Case
from bench.matrix.pictures import Cells


def packed(case: Case, frames: list[Cells]) -> list[bytes]:
    """Return the bytes of each frame, little endian."""
    if case.allocated == 1:
        return [np.packbits(frame, bitorder="little").tobytes() for frame in frames]
    kind = f"<{'f' if case.floating else 'u'}{case.allocated // 8}"
    whole = [frame.astype(kind) for frame in frames]
    if case.photometric == "YBR_FULL_422":
        pairs = [frame.reshape(-1, 2, 3) for frame in whole]
        return [np.concatenate([each[:, :, 0], each[:, 0, 1:]], axis=1).tobytes() for each in pairs]
    if case.planar:
        whole = [np.moveaxis(frame, -1, 0) for frame in whole]
    return [np.ascontiguousarray(frame).tobytes() for frame in whole]


def unpacked(case: Case, content: bytes, order: str = "<") -> list[NDArray[Any]]:
    """Return the cells of each frame, of the byte order "<" or ">"."""
    shape = (case.rows, case.columns)
    if case.allocated == 1:
        return [np.unpackbits(np.frombuffer(content, np.uint8), bitorder="little").reshape(shape)]
    kind = f"{order}{'f' if case.floating else 'u'}{case.allocated // 8}"
    words = np.frombuffer(content, kind)
    if case.photometric == "YBR_FULL_422":
        fours = words.reshape(case.frames, -1, 4)
        pairs = [np.stack([fours[..., at], fours[..., 2], fours[..., 3]], axis=-1) for at in (0, 1)]
        return list(np.stack(pairs, axis=2).reshape(case.frames, *shape, 3))
    if case.planar:
        return list(np.moveaxis(words.reshape(case.frames, 3, *shape), 1, -1))
    return list(words.reshape(case.frames, *shape, *((3,) if case.samples == 3 else ())))
