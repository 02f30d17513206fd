"""The markers of JPEG (ITU-T T.81) and JPEG-LS (T.87) codestreams."""

import re
from typing import Final

from runtime.dicom.parse.guard import unreadable, unsupported
from runtime.dicom.pixels.codestreams.frame_header import FrameHeader, check_alone
from runtime.dicom.pixels.codestreams.jpeg_segments import LOSSLESS, RESTARTS, SOS, Segment, check_parts, segments

SEQUENTIAL: Final = (0xC0, 0xC1)
DCT: Final = (*SEQUENTIAL, 0xC2)
LS: Final = (0xF7,)
FRAMES: Final = (*range(0xC0, 0xC4), *range(0xC5, 0xC8), *range(0xC9, 0xCC), *range(0xCD, 0xD0), *LS)
MARKER: Final = re.compile(rb"\xff+[\x01-\xfe]")  # within a scan, a byte of ones is followed by zeros
EOI: Final = b"\xff\xd9"
APP0, APP14 = 0xE0, 0xEE
PRECISIONS: Final = {True: (8, 12, 16), False: range(2, 17)}  # of a DCT or not (T.81, table B.2); 16 is another 12
JFIF_MAJOR: Final = 1
UNKNOWN, YCC = 0, 1  # Adobe's colours of three components (T.872, 6.5.3)


def read(stream: bytes) -> FrameHeader:
    """Return what the codestream says. Raises PermanentError if it is damaged, or does not end as it should."""
    parts = list(segments(stream))
    frames = [each for each in parts if each.marker in FRAMES]
    if len(frames) != 1 or frames[0].end - frames[0].start < 6:
        raise unreadable(
            f"A frame's JPEG codestream has {'several frame headers' if len(frames) > 1 else 'no frame header'}."
        )
    (frame,) = frames
    if stream.rstrip(b"\0\xff")[-2:] != EOI:  # encoders pad with either
        raise unreadable("A frame's JPEG codestream is cut short: it has no end marker.")
    precision, components = stream[frame.start], stream[frame.start + 5]
    if frame.marker not in LS and precision not in PRECISIONS[frame.marker in DCT]:
        raise unreadable(f"A frame's JPEG codestream has {precision} bits a sample, which its process does not know.")
    if components == 3 and not _adobe(stream, parts) <= {UNKNOWN, YCC}:
        raise unreadable("A frame's JPEG codestream says that it has colours of Adobe's which three samples are not.")
    if frame.marker in DCT and precision > 8:
        precision = 12  # there is no other (T.81, table B.2); some encoders write the cell's 16
    rows = int.from_bytes(stream[frame.start + 1 : frame.start + 3], "big")
    columns = int.from_bytes(stream[frame.start + 3 : frame.start + 5], "big")
    if not rows:
        raise unsupported("A frame's JPEG codestream states its number of rows at its end, which is not supported.")
    factors = {stream[at] for at in range(frame.start + 7, frame.end, 3)}
    if frame.marker not in DCT and components > 1 and len(factors) > 1:
        raise unsupported("A frame's lossless JPEG or JPEG-LS components are subsampled, which is not supported.")
    scan = parts[-1]
    check_alone(stream, scan.end)
    if frame.marker in LS and any(stream[at] for at in range(scan.start + 2, scan.end - 3, 2)):
        # ITU-T T.87, C.2.3: which table the samples are indices of. Decoders take the indices for the values.
        raise unsupported("A frame's JPEG-LS samples are indices of a mapping table, which is not supported.")
    check_parts(stream, parts, frame)
    near = stream[scan.end - 3] if frame.marker in LS else 0
    pixels = rows * columns
    # A sequential scan spends at least two bits on each block of 64, a lossless one a bit on each sample.
    least = pixels // 256 if frame.marker in SEQUENTIAL else pixels * components // 8 if frame.marker in LOSSLESS else 0
    exact = frame.marker in LOSSLESS or (frame.marker in LS and near == 0)
    colours = _colours(stream, parts, frame) if frame.marker in DCT and components == 3 else None
    return FrameHeader(rows, columns, components, precision, exact=exact, least=least, colours=colours)


def of_known_version(stream: bytes) -> bytes:
    """Return a codestream whose JFIF markers state the version 1 that all others continue (T.871).

    gdcm ends the process at any other.
    """
    others = [
        each.start + 5 for each in segments(stream) if _is_jfif(stream, each) and stream[each.start + 5] != JFIF_MAJOR
    ]
    if not others:
        return stream
    changed = bytearray(stream)
    for place in others:
        changed[place] = JFIF_MAJOR
    return bytes(changed)


def lengthened(stream: bytes, more: bytes) -> bytes:
    """Return a codestream with further bytes at the end of each scan and restart interval.

    A decoder that has all samples of an interval skips what comes before the next marker; one that lacks some takes
    these bytes for them.
    """
    *_, scan = segments(stream)
    made: list[bytes] = []
    done, at = 0, scan.end
    while found := MARKER.search(stream, at):
        made += [stream[done : found.start()], more]
        done, at, marker = found.start(), found.end(), stream[found.end() - 1]
        while marker not in (*RESTARTS, EOI[1]):  # the segments before the next scan
            at += int.from_bytes(stream[at : at + 2], "big")
            if marker == SOS or at + 2 > len(stream):
                break
            at, marker = at + 2, stream[at + 1]
        if marker == EOI[1]:
            break
    return b"".join([*made, stream[done:]])


def _colours(stream: bytes, parts: list[Segment], frame: Segment) -> str | None:
    """Return which colours the samples are by JFIF's marker (T.871), Adobe's (T.872, 6.5.3) or the components' names.

    libjpeg reads them in this order.
    """
    if any(_is_jfif(stream, each) for each in parts):
        return "YBR_FULL"
    for stated in _adobe(stream, parts):
        return {UNKNOWN: "RGB", YCC: "YBR_FULL"}[stated]
    return "RGB" if bytes(stream[at] for at in range(frame.start + 6, frame.end, 3)) == b"RGB" else None


def _is_jfif(stream: bytes, part: Segment) -> bool:
    return part.marker == APP0 and stream[part.start : part.start + 5] == b"JFIF\0" and part.end - part.start > 5


def _adobe(stream: bytes, parts: list[Segment]) -> set[int]:
    """Return what Adobe's markers say of the colours, of which there is mostly one or none.

    Raises PermanentError (`input_unreadable`) if they say different things: decoders take the last or the first.
    """
    stated = {
        stream[each.start + 11]
        for each in parts
        if each.marker == APP14 and stream[each.start : each.start + 5] == b"Adobe" and each.end - each.start >= 12
    }
    if len(stated) > 1:
        raise unreadable("A frame's JPEG codestream says different things of its colours.")
    return stated
