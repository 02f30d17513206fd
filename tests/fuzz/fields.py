"""Where codestreams say what they hold, found without the product's readers."""

from typing import Literal, NamedTuple

JPEG = ("jpeg", "jpeg 12", "jpeg lossless", "jpeg-ls", "jpeg-ls near")
ALONE = (0x4F, *range(0xD0, 0xDA))  # markers without a length
FRAMES = (*range(0xC0, 0xC4), 0xF7)
# Sizes of a marker segment's first numbers; the others are bytes.
SIZES = {
    0x51: (2, 4, 4, 4, 4, 4, 4, 4, 4, 2),
    0x90: (2, 4, 1, 1),
    0xDD: (2,),
    0x52: (1, 1, 2),
    **dict.fromkeys(FRAMES, (1, 2, 2, 1)),
}
# Bytes of a segment, from its marker on: its length, and what contradicts the code if it is another.
KEPT = {
    **dict.fromkeys(FRAMES, (2, 4, 5, 7, 9, 10, 13, 16)),  # size, components and their names
    0xDA: (2, 4, 5, 7, 9),  # components and their names
    0xDD: (2, 4),
    0xC4: (2, *range(5, 21)),  # how many codes have each length
    0xF8: (2, 4),
    0x51: (2, 6, 10, 38, 41, 42),  # size, components and how they are subsampled
    0x52: (2, 9, 13),  # levels and wavelet
    0x50: (2, 4, 5, 6, 7),
    0x90: (2, 4, 6, 10, 11),
}


class Field(NamedTuple):
    """A number in a codestream."""

    start: int
    size: int
    order: Literal["big", "little"] = "big"


def segments(stream: bytes, family: str) -> list[bytes]:
    """Return a codestream in pieces: marker segments and what follows the last, or an RLE frame's head and segments."""
    if family == "rle":
        bounds = sorted(
            {0, 64, *(int.from_bytes(stream[at : at + 4], "little") for at in range(4, 64, 4)), len(stream)}
        )
    else:
        bounds = [*(start for _, start in _markers(stream)), len(stream)]
    return [stream[a:b] for a, b in zip([0, *bounds], bounds, strict=False) if a < b]


def fields(stream: bytes, family: str) -> list[Field]:
    """Return the numbers of a codestream's headers."""
    if family == "rle":
        return [Field(at, 4, "little") for at in range(0, min(64, len(stream) - 4), 4)]
    if family.startswith("jpeg xl") or not stream.startswith(b"\xff"):
        return [Field(at, 1) for at in range(min(len(stream), 40))]
    found: list[Field] = []
    for marker, at in _markers(stream):
        if marker in ALONE or at + 4 > len(stream):
            continue
        found += [Field(at + 1, 1), Field(at + 2, 2)]
        end = at + 2 + int.from_bytes(stream[at + 2 : at + 4], "big")
        body = at + 4
        for size in SIZES.get(marker, ()):
            found.append(Field(body, size))
            body += size
        found += [Field(place, 1) for place in range(body, min(end, body + 24))]
    return [each for each in found if each.start + each.size <= len(stream)]


def decisive(stream: bytes, family: str) -> list[Field]:
    """Return those of which other ones contradict what is coded, and do not only stand for another picture."""
    if not stream.startswith(b"\xff") or family.startswith("jpeg xl"):
        return fields(stream, family)
    kept = {at: KEPT.get(marker, range(2, 3)) for marker, at in _markers(stream)}
    places = {at + each for at, some in kept.items() for each in some}
    return [each for each in fields(stream, family) if each.start in places]


def dimensions(stream: bytes, family: str) -> tuple[int, int] | None:
    """Return the rows and columns that a codestream states, if it states possible ones."""
    for marker, at in _markers(stream):
        if marker == 0x51 and len(stream) >= at + 22:
            size = [int.from_bytes(stream[place : place + 4], "big") for place in range(at + 6, at + 22, 4)]
            rows, columns = size[1] - size[3], size[0] - size[2]
        elif (0xC0 <= marker <= 0xCF and marker != 0xC4) or marker == 0xF7:
            rows, columns = (int.from_bytes(stream[place : place + 2], "big") for place in (at + 5, at + 7))
        else:
            continue
        return (rows, columns) if rows > 0 and columns > 0 else None
    return None


def _markers(stream: bytes) -> list[tuple[int, int]]:
    """Return each marker and its place, up to the first scan or tile part; those of other tile parts, too."""
    found: list[tuple[int, int]] = []
    at = 0
    while at + 2 <= len(stream) and stream[at] == 0xFF:
        marker = stream[at + 1]
        found.append((marker, at))
        if marker in ALONE:
            at += 2
        elif marker == 0xDA:
            break
        elif marker == 0x90:  # a tile part, which says how long it is
            at += max(12, int.from_bytes(stream[at + 6 : at + 10], "big"))
        else:
            at += 2 + max(2, int.from_bytes(stream[at + 2 : at + 4], "big"))
    return found
