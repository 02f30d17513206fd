"""Whether the restart intervals of a JPEG scan are all there: decoders fill in those that are not."""

from typing import Final

from runtime.dicom.parse.guard import unreadable
from runtime.dicom.pixels.codestreams.jpeg import DCT, FRAMES, LS, MARKER
from runtime.dicom.pixels.codestreams.jpeg_segments import RESTARTS, segments

INTERVAL: Final = 0xDD
BLOCK: Final = 8  # samples a side
CYCLE: Final = len(RESTARTS)


def check(stream: bytes) -> None:
    """Raise PermanentError (`input_unreadable`) if restart markers are out of turn, or not as many as there must be.

    ITU-T T.81, B.2.4.4 and E.1.4: they are numbered modulo 8, and one follows each interval of the scan but the last.
    """
    parts = list(segments(stream))
    scan, frame = parts[-1], next(each for each in parts if each.marker in FRAMES)
    stated = [stream[each.start : each.end] for each in parts if each.marker == INTERVAL]
    interval = int.from_bytes(stated[-1], "big") if stated else 0
    if frame.marker in LS:  # its intervals are lines
        return
    found: list[int] = []
    for match in MARKER.finditer(stream, scan.end):
        if match[0][-1] not in RESTARTS:
            break
        found.append(match[0][-1] - RESTARTS[0])
    rows, columns = (int.from_bytes(stream[frame.start + at : frame.start + at + 2], "big") for at in (1, 3))
    side = BLOCK if frame.marker in DCT else 1
    across = down = side
    if stream[scan.start] > 1:  # of several components, units hold as many blocks as they have samples
        factors = [stream[at] for at in range(frame.start + 7, frame.end, 3)]
        across, down = side * max(each >> 4 for each in factors), side * max(each & 15 for each in factors)
    elif stream[frame.start + 5] > 1:
        return  # a scan of one component of several, whose size its factors make
    units = -(-columns // max(1, across)) * -(-rows // max(1, down))
    count = -(-units // interval) - 1 if interval else 0
    expected = [at % CYCLE for at in range(count)]
    if len(found) < count and found == expected[: len(found)]:
        raise unreadable("A frame's JPEG codestream is cut short: its last restart intervals are missing.")
    if found != expected:
        raise unreadable("A frame's JPEG codestream is damaged: its restart intervals are not all there, each in turn.")
