"""The markers of JPEG 2000 codestreams (ITU-T T.800 annex A), HTJ2K's included."""

from typing import Final

from runtime.dicom.parse.guard import unreadable, unsupported
from runtime.dicom.pixels.codestreams import j2k_header
from runtime.dicom.pixels.codestreams.frame_header import FrameHeader, check_alone
from runtime.dicom.pixels.codestreams.j2k_header import SOT

SOC: Final = b"\xff\x4f\xff\x51"
EOC: Final = b"\xff\xd9"


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
    main = j2k_header.read(stream)
    check_alone(stream, main.end)
    unbounded = _check_tiles(stream, main.end, tiles)
    j2k_header.check_extensions(stream)
    precision, signed = (depth & 0x7F) + 1, bool(depth & 0x80)
    return FrameHeader(
        rows,
        columns,
        components,
        precision,
        signed,
        exact=main.reversible,
        transformed=main.transformed,
        unbounded=unbounded,
        coded=main.coded,
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


def _check_tiles(stream: bytes, at: int, tiles: int) -> bool:
    """Walk the tile parts by their stated lengths; refuse a missing tile, or an end that does not follow the last.

    Return whether the last one states no length.
    """
    length = 0
    present: dict[int, int] = {}
    end = len(stream.rstrip(b"\0")) if stream.rstrip(b"\0")[-2:] == EOC else len(stream)
    while stream[at : at + 2] == SOT.to_bytes(2, "big"):
        tile = int.from_bytes(stream[at + 4 : at + 6], "big")
        if stream[at + 10 : at + 11] != bytes([present.get(tile, 0) & 0xFF]):  # TPsot (T.800, A.4.2)
            raise unreadable("A frame's JPEG 2000 codestream is damaged: the parts of a tile are not in turn.")
        present[tile] = present.get(tile, 0) + 1
        length = int.from_bytes(stream[at + 6 : at + 10], "big")
        # A length of zero reaches to the end of the codestream, for the last tile part only.
        at = at + length if length else end - 2
        if length and length < 14:
            break
    if len(present) != tiles or stream[at : at + 2] != EOC:
        raise unreadable("A frame's JPEG 2000 codestream is cut short or damaged.")
    return not length
