"""Grey levels and colours to PNG, written here: OpenCV is no faster, and would double every container image."""

import struct
import zlib
from collections.abc import Mapping, Sequence
from itertools import chain
from math import ceil, sqrt
from typing import Any

import numpy as np
from numpy.typing import NDArray

MOSAIC_LIMIT = 4096  # pixels a side: what browsers and viewers show without trouble
LEVEL = 1  # a quarter of the time of zlib's default for a tenth more bytes
# Differences of noisy neighbours seldom repeat but in runs: looking for runs alone takes a sixth less time than looking
# for all repetitions, and makes a tenth fewer bytes.
STRATEGY = zlib.Z_RLE
STORED_MOST = 32 << 10  # bytes: a smaller picture is compressed in more time than its bytes take to send
STORED = b"\x78\x01\x01"  # zlib's header, and that of the last block, which is a stored one of up to 65,535 bytes
SIGNATURE, END = b"\x89PNG\r\n\x1a\n", b"\0\0\0\0IEND\xaeB`\x82"
GREY, RGB = 0, 2  # PNG's colour types
NONE, SUB = 0, 1  # PNG's filter of each row: the bytes, or the differences from the pixel before


def png(array: NDArray[Any], texts: Mapping[str, str] | None = None) -> bytes:
    """Encode an array of uint8 or uint16, of shape (M, N) or RGB (M, N, 3), as PNG without loss, with `texts` in it.

    Raises ValueError for other types and shapes.
    """
    if array.dtype.kind != "u" or array.itemsize > 2 or array.ndim not in (2, 3) or array.shape[2:] not in ((), (3,)):
        raise ValueError(f"no PNG of {array.dtype} with shape {array.shape}")
    rows, columns = array.shape[:2]
    big = array if array.itemsize == 1 else array.astype(">u2")
    data = np.ascontiguousarray(big).reshape(rows, -1).view(np.uint8)
    pixel = data.shape[1] // columns
    filtered = np.empty((rows, 1 + data.shape[1]), np.uint8)
    if filtered.size <= STORED_MOST:
        filtered[:, 0] = NONE
        filtered[:, 1:] = data
        packed = _stored(filtered.data)
    else:
        filtered[:, 0] = SUB
        filtered[:, 1 : 1 + pixel] = data[:, :pixel]
        np.subtract(data[:, pixel:], data[:, :-pixel], out=filtered[:, 1 + pixel :])
        packer = zlib.compressobj(LEVEL, zlib.DEFLATED, zlib.MAX_WBITS, zlib.DEF_MEM_LEVEL, STRATEGY)
        packed = (packer.compress(filtered.data), packer.flush())
    kind = RGB if array.ndim == 3 else GREY
    header = _chunk(b"IHDR", struct.pack(">2I5B", columns, rows, 8 * array.itemsize, kind, 0, 0, 0))
    # international text: keyword, no compression, no language (PNG, 11.3.3.4)
    said = [_chunk(b"iTXt", name.encode(), bytes(5), text.encode()) for name, text in (texts or {}).items()]
    return b"".join((SIGNATURE, *header, *chain.from_iterable(said), *_chunk(b"IDAT", *packed), END))


Bytes = bytes | memoryview


def _stored(content: memoryview) -> tuple[Bytes, ...]:
    """Return a zlib stream of one stored block (RFC 1950; RFC 1951, 3.2.4), in a quarter of the time zlib takes."""
    size = content.nbytes
    return STORED, struct.pack("<2H", size, size ^ 0xFFFF), content, struct.pack(">I", zlib.adler32(content))


def _chunk(kind: bytes, *parts: Bytes) -> tuple[Bytes, ...]:
    """Return the pieces of a chunk."""
    size, checksum = 0, zlib.crc32(kind)
    for part in parts:
        size += memoryview(part).nbytes
        checksum = zlib.crc32(part, checksum)
    return struct.pack(">I", size), kind, *parts, struct.pack(">I", checksum)


def mosaic(planes: Sequence[NDArray[np.uint8]], *, limit: int = MOSAIC_LIMIT) -> NDArray[np.uint8]:
    """Lay planes out row by row in a near-square grid, scaled down if it would exceed `limit` pixels a side.

    Planes of different sizes are centred in cells of the largest; if one is in colour, all are.

    Raises ValueError if there is no plane.
    """
    if not planes:
        raise ValueError("a mosaic needs a plane")
    columns = ceil(sqrt(len(planes)))
    rows = ceil(len(planes) / columns)
    height = max(plane.shape[0] for plane in planes)
    width = max(plane.shape[1] for plane in planes)
    scale = min(1.0, limit / (rows * height), limit / (columns * width))
    height, width = max(1, int(height * scale)), max(1, int(width * scale))
    colour = any(plane.ndim == 3 for plane in planes)
    canvas = np.zeros((rows * height, columns * width, *((3,) if colour else ())), np.uint8)
    for index, plane in enumerate(planes):
        cell = shrink(plane, scale)[:height, :width]
        top = index // columns * height + (height - cell.shape[0]) // 2
        left = index % columns * width + (width - cell.shape[1]) // 2
        here = canvas[top : top + cell.shape[0], left : left + cell.shape[1]]
        here[...] = cell[..., np.newaxis] if colour and cell.ndim == 2 else cell
    return canvas


def shrink(plane: NDArray[Any], scale: float) -> NDArray[Any]:
    """Scale a plane down by averaging areas; `scale` 1 or above returns it as it is."""
    if scale >= 1:
        return plane
    shrunk = plane
    for axis in (0, 1):
        shrunk = _averaged(shrunk, max(1, int(plane.shape[axis] * scale)), axis)
    return np.rint(shrunk).astype(plane.dtype) if plane.dtype.kind in "iu" else shrunk.astype(plane.dtype)


def _averaged(plane: NDArray[Any], count: int, axis: int) -> NDArray[np.float64]:
    """Average along an axis over `count` stretches of equal length, which may begin and end within a pixel."""
    length = plane.shape[axis]
    edges: NDArray[np.float64] = np.linspace(0.0, float(length), count + 1)
    whole: NDArray[np.intp] = np.minimum(edges.astype(np.intp), length - 1)
    within = (edges - whole).reshape(-1, *(1,) * (plane.ndim - 1 - axis))
    # What lies before each edge: the pixels before, and a part of the one that the edge is in.
    before: NDArray[np.float64] = np.cumsum(plane, axis, np.float64) - plane
    before = np.take(before, whole, axis) + within * np.take(plane, whole, axis)
    return np.diff(before, axis=axis) * (count / length)
