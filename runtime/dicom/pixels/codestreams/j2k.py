"""The markers of JPEG 2000 codestreams (ITU-T T.800 annex A), HTJ2K's included."""

from typing import Final

from runtime.dicom.parse.guard import unreadable, unsupported
from runtime.dicom.pixels.codestreams.frame_header import FrameHeader, check_alone

SOC: Final = b"\xff\x4f\xff\x51"
COD, SOT, EOC = 0xFF52, 0xFF90, b"\xff\xd9"


def read(stream: bytes) -> FrameHeader:
    """Return what the codestream says. Raises PermanentError if it is damaged, or does not end as it should."""
    if not stream.startswith(SOC):
        raise unreadable("A frame is not a JPEG 2000 codestream.")
    size = _words(stream, 8, 8)
    columns, rows = size[0] - size[2], size[1] - size[3]
    tiles = -(-(size[0] - size[6]) // max(1, size[4])) * -(-(size[1] - size[7]) // max(1, size[5]))
    components = int.from_bytes(stream[40:42], "big")
    depths = {stream[at] for at in range(42, 42 + 3 * min(components, 4), 3) if at < len(stream)}
    if len(depths) != 1:
        raise unsupported("A frame's JPEG 2000 components differ in their number of bits.")
    steps = {stream[at : at + 2] for at in range(43, 43 + 3 * min(components, 4), 3)}
    if steps != {b"\1\1"}:  # XRsiz and YRsiz (T.800 A.5.1): decoders differ in how they spread such samples
        raise unsupported("A frame's JPEG 2000 components are subsampled, which is not supported.")
    (depth,) = depths
    transformed, reversible, at = _main_header(stream)
    check_alone(stream, at)
    unbounded = _check_tiles(stream, at, tiles)
    precision, signed = (depth & 0x7F) + 1, bool(depth & 0x80)
    return FrameHeader(
        rows, columns, components, precision, signed, exact=reversible, transformed=transformed, unbounded=unbounded
    )


def lengthened(stream: bytes, more: bytes) -> bytes:
    """Return a codestream whose last tile part is unbounded with further bytes before its end marker.

    A decoder that has all packets ignores them; one that lacks some takes them for these.
    """
    end = stream.rindex(EOC)
    return stream[:end] + more + stream[end:]


def _words(stream: bytes, start: int, count: int) -> list[int]:
    if len(stream) < start + 4 * count:
        raise unreadable("A frame's JPEG 2000 codestream is cut short.")
    return [int.from_bytes(stream[at : at + 4], "big") for at in range(start, start + 4 * count, 4)]


def _main_header(stream: bytes) -> tuple[bool, bool, int]:
    """Return whether components are transformed, whether that is reversible, and where the first tile begins."""
    at, transformed, reversible = 2, False, True
    while at + 4 <= len(stream):
        marker, length = int.from_bytes(stream[at : at + 2], "big"), int.from_bytes(stream[at + 2 : at + 4], "big")
        if marker == SOT:
            return transformed, reversible, at
        if marker == COD and length >= 12:
            transformed, reversible = bool(stream[at + 8]), stream[at + 13] == 1
        at += 2 + max(2, length)
    raise unreadable("A frame's JPEG 2000 codestream is cut short.")


def _check_tiles(stream: bytes, at: int, tiles: int) -> bool:
    """Walk the tile parts by their stated lengths; refuse a missing tile, or an end that does not follow the last.

    Return whether the last one states no length.
    """
    length = 0
    present: set[int] = set()
    end = len(stream.rstrip(b"\0")) if stream.rstrip(b"\0")[-2:] == EOC else len(stream)
    while stream[at : at + 2] == SOT.to_bytes(2, "big"):
        present.add(int.from_bytes(stream[at + 4 : at + 6], "big"))
        length = int.from_bytes(stream[at + 6 : at + 10], "big")
        # A length of zero reaches to the end of the codestream, for the last tile part only.
        at = at + length if length else end - 2
        if length and length < 14:
            break
    if len(present) != tiles or stream[at : at + 2] != EOC:
        raise unreadable("A frame's JPEG 2000 codestream is cut short or damaged.")
    return not length
