"""JPEG XL (ISO/IEC 18181, PS3.5 8.2.15): the header of a codestream, and its samples by libjxl."""

from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from runtime.dicom.parse.guard import unreadable, unsupported
from runtime.dicom.pixels.codestreams.frame_header import FrameHeader
from runtime.dicom.pixels.layout import Layout
from runtime.dicom.pixels.syntax import JPEG_XL_LOSSLESS

BARE: Final = b"\xff\x0a"
CONTAINER: Final = b"\x00\x00\x00\x0cJXL \x0d\x0a\x87\x0a"
SIGNATURE: Final = 8  # bytes with which a second codestream of the same size would begin
HEADER: Final = 64  # bytes: more than the parts of the header that are read can take
RATIOS: Final = ((1, 1), (6, 5), (4, 3), (3, 2), (16, 9), (5, 4), (2, 1))  # columns to rows (18181-1, table D.2)
RGB, GREY = 0, 1
MOST_BITS: Final = 16  # that libjxl returns without loss


class Bits:
    """The fields of a codestream's header, the lowest bit of a byte first."""

    def __init__(self, content: bytes) -> None:
        self._left = int.from_bytes(content[:HEADER], "little")

    def take(self, count: int) -> int:
        """Return the next bits as a number."""
        value = self._left & ((1 << count) - 1)
        self._left >>= count
        return value

    def choice(self, *ways: tuple[int, int]) -> int:
        """Return a number that is coded in one of four ways, each an offset and the bits to add (18181-1, B.2.2)."""
        offset, bits = ways[self.take(2)]
        return offset + self.take(bits)


def read(stream: bytes, syntax: str) -> FrameHeader:
    """Return what the codestream says. Raises PermanentError if it is damaged, or holds more than one image's samples.

    Only the transfer syntax tells that a code is lossless.
    """
    if stream.find(stream[:SIGNATURE], SIGNATURE) >= 0:
        raise unreadable("A frame holds more than one codestream.")
    bits = Bits(_codestream(stream)[len(BARE) :])
    rows, columns = _size(bits)
    precision, space, mixed = (8, RGB, True) if bits.take(1) else _metadata(bits)
    exact = syntax == JPEG_XL_LOSSLESS
    if exact and mixed:
        raise unreadable("A frame's JPEG XL code is lossy (XYB), which its transfer syntax denies.")
    return FrameHeader(rows, columns, 1 if space == GREY else 3, precision, exact=exact)


def recompressed(stream: bytes) -> bytes | None:
    """Return the JPEG codestream that was recompressed, to the byte; None if the code was made of samples.

    Raises JpegxlError of imagecodecs for a code that is damaged or cut short.
    """
    if not any(kind == b"jbrd" for kind, _ in _boxes(stream)):
        return None
    import imagecodecs  # pyright: ignore[reportMissingTypeStubs]

    codecs: Any = imagecodecs
    return bytes(codecs.jpegxl_decode_jpeg(stream))


def decode(stream: bytes, header: FrameHeader, layout: Layout) -> NDArray[Any]:
    """Return the samples of a frame, of shape (M, N) or RGB (M, N, 3), in uint8 or uint16.

    Raises PermanentError, and JpegxlError of imagecodecs for a code that is damaged or cut short.
    """
    if layout.photometric.startswith("YBR"):
        # libjxl returns RGB of what it has transformed itself, and what was encoded of all else.
        raise unreadable(f"The header says {layout.photometric}, but JPEG XL has RGB: the colours are not known.")
    import imagecodecs  # pyright: ignore[reportMissingTypeStubs]

    codecs: Any = imagecodecs
    samples: NDArray[Any] = codecs.jpegxl_decode(stream, numthreads=1)
    shape = (header.rows, header.columns, 3)[: 2 if header.components == 1 else 3]
    if samples.shape != shape or samples.dtype != (np.uint8 if header.precision <= 8 else np.uint16):
        raise unsupported("A frame's JPEG XL code holds more than the samples of one image, which is not supported.")
    return samples


def _boxes(stream: bytes) -> list[tuple[bytes, bytes]]:
    """Return the boxes of a container, kind and content (18181-2); none of a bare codestream."""
    found: list[tuple[bytes, bytes]] = []
    at = 0
    while stream.startswith(CONTAINER) and at + 8 <= len(stream):
        length, start = int.from_bytes(stream[at : at + 4], "big"), at + 8
        if length == 1:
            length, start = int.from_bytes(stream[start : start + 8], "big"), at + 16
        end = at + length if length else len(stream)
        found.append((stream[at + 4 : at + 8], stream[start:end]))
        if end < start:
            break
        at = end
    return found


def _codestream(stream: bytes) -> bytes:
    """Return the codestream, which a container may have in one box, or in several after their numbers."""
    parts = [part[4:] if kind == b"jxlp" else part for kind, part in _boxes(stream) if kind in (b"jxlc", b"jxlp")]
    inner = b"".join(parts) if parts else stream
    if not inner.startswith(BARE):
        raise unreadable("A frame is not a JPEG XL codestream.")
    return inner


def _size(bits: Bits) -> tuple[int, int]:
    """Return rows and columns (18181-1, D.2)."""
    eights = bits.take(1)

    def side() -> int:
        return 8 * (1 + bits.take(5)) if eights else bits.choice((1, 9), (1, 13), (1, 18), (1, 30))

    rows, ratio = side(), bits.take(3)
    if not ratio:
        return rows, side()
    over, under = RATIOS[ratio - 1]
    return rows, rows * over // under


def _metadata(bits: Bits) -> tuple[int, int, bool]:
    """Return the bits of a sample, the colour space, and whether colours are stored as XYB (18181-1, D.3)."""
    if bits.take(1):
        turned, hinted, preview, animated = bits.take(3), bits.take(1), bits.take(1), bits.take(1)
        if turned or preview or animated:
            raise unsupported("A frame's JPEG XL code is turned, animated or has a preview, which is not supported.")
        if hinted:
            _size(bits)
    if bits.take(1):
        raise unsupported("A frame's JPEG XL samples are floating point, which is not supported.")
    precision = bits.choice((8, 0), (10, 0), (12, 0), (1, 6))
    bits.take(1)  # whether 16 bits suffice a decoder's buffers
    if bits.choice((0, 0), (1, 0), (2, 4), (1, 12)) or precision > MOST_BITS:
        raise unsupported("A frame's JPEG XL code has further channels or deep samples, which is not supported.")
    mixed = bool(bits.take(1))
    if bits.take(1):  # all default: sRGB
        return precision, RGB, mixed
    bits.take(1)  # whether there is an ICC profile
    space = bits.choice((0, 0), (1, 0), (2, 4), (18, 6))
    if space not in (RGB, GREY):
        raise unsupported("A frame's JPEG XL code is neither grey nor RGB, which is not supported.")
    return precision, space, mixed
