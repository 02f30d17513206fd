"""Contradictions that the fuzz has found, and that decoders make a picture of."""

from collections.abc import Callable, Mapping
from typing import Final, NamedTuple

from tests.fuzz.coded import CODED
from tests.fuzz.codestreams import Damaged


class Found(NamedTuple):
    """The name of a coded image, what changes its codestream, and a part of the sentence that refuses it."""

    name: str
    change: Callable[[bytes], bytes]
    sentence: str


def other(mark: bytes, at: int, value: int) -> Callable[[bytes], bytes]:
    """Return what sets a byte that lies so many bytes after the first of a marker."""

    def change(stream: bytes) -> bytes:
        place = stream.index(mark) + at
        return stream[:place] + bytes([value]) + stream[place + 1 :]

    return change


def without(mark: bytes, size: int) -> Callable[[bytes], bytes]:
    """Return what leaves out the bytes from the first of a marker on."""
    return lambda stream: stream[: stream.index(mark)] + stream[stream.index(mark) + size :]


def before(mark: bytes, added: bytes) -> Callable[[bytes], bytes]:
    """Return what puts bytes before the first of a marker."""
    return lambda stream: stream[: stream.index(mark)] + added + stream[stream.index(mark) :]


def twice(stream: bytes) -> bytes:
    """Return a codestream whose only tile part comes again."""
    start = stream.index(b"\xff\x90")
    return stream[:-2] + stream[start:]


LS, LOSSLESS, TWELVE = "JPEG-LS Near-Lossless, RGB", "JPEG Lossless (Process 14), 8 bits", "JPEG Extended, 12 bits"
J2K, HT = "JPEG 2000 Lossless, 8 bits", "HTJ2K Lossless, 8 bits"
SCAN, SIZ, COD, CAP = b"\xff\xda", b"\xff\x51", b"\xff\x52", b"\xff\x50"
FOUND: Final[Mapping[str, Found]] = {
    "a scan of a component that the frame has not": Found(LS, other(SCAN, 5, 9), "components of its scan"),
    "a scan that counts more components than it names": Found(
        "JPEG-LS Near-Lossless, 12 bits", other(SCAN, 4, 2), "components of its scan"
    ),
    "a component without samples": Found(
        "JPEG-LS Near-Lossless, 12 bits", other(b"\xff\xf7", 11, 0), "components of its scan"
    ),
    "parameters of an unknown kind": Found(
        "JPEG-LS Lossless, 12 bits", other(b"\xff\xf8", 4, 9), "parameters of a kind"
    ),
    "more codes than there are": Found(LOSSLESS, other(b"\xff\xc4", 6, 254), "Huffman table"),
    "a category that does not exist": Found(LOSSLESS, other(b"\xff\xc4", 27, 254), "Huffman table"),
    "a shift of a scan without loss": Found(LOSSLESS, other(SCAN, 9, 0x11), "components of its scan"),
    "a coefficient that does not exist": Found(TWELVE, other(b"\xff\xc4", 25, 255), "Huffman table"),
    "colours that two markers name": Found(
        "JPEG Baseline, RGB",
        before(b"\xff\xdb", b"\xff\xee\0\x0eAdobe\0d\0\0\0\0\1"),
        "different things of its colours",
    ),
    "two frame headers": Found(
        "JPEG Baseline, 8 bits", before(SCAN, b"\xff\xc0\0\x0b\x08\0\x23\0\x26\1\1\x11\0"), "several frame headers"
    ),
    "fewer levels than steps": Found(J2K, other(COD, 9, 2), "steps are not those of its wavelet"),
    "the other wavelet": Found(J2K, other(COD, 13, 0), "steps are not those of its wavelet"),
    "a component's own levels": Found(J2K, before(b"\xff\x5c", b"\xff\x53\0\x09\0\0\1\4\4\0\1"), "steps are not those"),
    "extensions of part 2": Found(J2K, other(SIZ, 4, 0x80), "extensions of part 2"),
    "a marker that does not exist": Found(J2K, before(b"\xff\x5c", b"\xff\xdd\0\4\0\1"), "its header is none"),
    "the same tile part again": Found(J2K, twice, "parts of a tile are not in turn"),
    "bits of other samples": Found("JPEG 2000 Lossless, 16 bits", other(SIZ, 40, 0x83), "was coded with other ones"),
    "blocks of the other coder": Found(HT, other(COD, 12, 0), "blocks are not of the coder"),
    "no word of the other coder": Found(HT, without(CAP, 10), "blocks are not of the coder"),
    "further capabilities": Found(HT, other(CAP, 5, 3), "needs capabilities"),
}


def changed(kind: str) -> tuple[Damaged, str]:
    """Return a contradiction, and a part of the sentence that refuses it."""
    found = FOUND[kind]
    coded = CODED[found.name]
    return Damaged(found.name, coded.syntax, coded.case, found.change(coded.stream)), found.sentence
