"""The marker segments of JPEG (ITU-T T.81) and JPEG-LS (T.87) codestreams, up to the first scan."""

from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from runtime.dicom.parse.guard import unreadable, unsupported

HUFFMAN, SOS = 0xC4, 0xDA
RESTARTS: Final = range(0xD0, 0xD8)
ALONE: Final = (0x00, 0x01, *RESTARTS, 0xD8, 0xD9)  # markers without a segment, none of which is in a header
LOSSLESS: Final = (0xC3,)
PARAMETERS: Final = 0xF8
PRESETS: Final = 1  # of the coder; the others are mapping tables and large sizes (T.87, C.2.4.1)
CODES: Final = 1 << 16  # of 16 bits, the longest
FACTOR_MOST: Final = 4  # of a component's samples across and down
CATEGORY_MOST: Final = 16  # of a difference, without loss (T.81, table H.2)
DC_MOST: Final = 15  # of one of a DCT's lowest coefficients (T.81, F.1.5.1)


class Segment(NamedTuple):
    """A marker segment: `start` is where its content begins, `end` where it ends."""

    marker: int
    start: int
    end: int


def segments(stream: bytes) -> Iterator[Segment]:
    """Yield the marker segments, the first scan's header last. Raises PermanentError if they are not JPEG."""
    if stream[:2] != b"\xff\xd8":
        raise unreadable("A frame is not a JPEG codestream.")
    at = 2
    while True:
        while stream[at : at + 2] == b"\xff\xff":  # fill bytes
            at += 1
        if at + 4 > len(stream) or stream[at] != 0xFF or stream[at + 1] in ALONE:
            raise unreadable("A frame's JPEG codestream is damaged.")
        marker, length = stream[at + 1], int.from_bytes(stream[at + 2 : at + 4], "big")
        if length < 2 or at + 2 + length > len(stream):
            raise unreadable("A frame's JPEG codestream is cut short.")
        yield Segment(marker, at + 4, at + 2 + length)
        if marker == SOS:
            return
        at += 2 + length


def check_parts(stream: bytes, parts: Sequence[Segment], frame: Segment) -> None:
    """Refuse a codestream whose first scan is not one of its `frame`, or whose Huffman tables are none.

    Decoders take the samples as they come, whatever the scan calls them, and the codes that a table happens to make.

    Raises PermanentError.
    """
    count, scan = stream[frame.start + 5], parts[-1]
    named = list(stream[frame.start + 6 : frame.end : 3])
    of_scan = list(stream[scan.start + 1 : scan.end - 3 : 2])
    factors = stream[frame.start + 7 : frame.end : 3]
    is_one = (
        frame.end - frame.start == 6 + 3 * count
        and scan.end - scan.start == 4 + 2 * len(of_scan)
        and 1 <= stream[scan.start] == len(of_scan) <= count
        and set(of_scan) <= set(named)
        and all(1 <= each >> 4 <= FACTOR_MOST and 1 <= each & 15 <= FACTOR_MOST for each in factors)
        and (len(set(of_scan)) == len(of_scan) or len(set(named)) < count)  # names that are all the same exist
    )
    # Neither is used without loss (T.81, table B.3); a decoder may take them for the shift of all samples.
    is_one &= frame.marker not in LOSSLESS or (stream[scan.end - 2] == 0 and stream[scan.end - 1] >> 4 == 0)
    if not is_one:
        raise unreadable("A frame's JPEG codestream is damaged: the components of its scan are not those of its frame.")
    for each in parts:
        if each.marker == HUFFMAN and not _is_table(stream[each.start : each.end], frame.marker in LOSSLESS):
            raise unreadable("A frame's JPEG codestream is damaged: a Huffman table is none.")
        if each.marker == PARAMETERS and stream[each.start] != PRESETS:
            raise unsupported("A frame's JPEG-LS codestream has parameters of a kind that is not supported.")


def _is_table(content: bytes, lossless: bool) -> bool:
    """Tell whether Huffman tables (T.81, B.2.4.2) have no more codes than there are, each of a symbol of its own."""
    at = 0
    while at < len(content):
        counts = content[at + 1 : at + 17]
        symbols = content[at + 17 : at + 17 + sum(counts)]
        taken = sum(count * (CODES >> length) for length, count in enumerate(counts, 1))
        if len(counts) < 16 or len(symbols) != sum(counts) or taken > CODES or len(set(symbols)) < len(symbols):
            return False
        most = CATEGORY_MOST if lossless else DC_MOST if content[at] >> 4 == 0 else 255
        if symbols and max(symbols) > most:
            return False
        at += 17 + len(symbols)
    return True
