"""The codestreams of small images, damaged."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any, Final, NamedTuple

from hypothesis import strategies as st

from bench.matrix.case import Case
from bench.matrix.file import file_of
from bench.matrix.syntaxes import Syntax
from tests.fuzz.coded import CODED
from tests.fuzz.fields import Field, decisive, dimensions, fields, segments

FIELD_VALUES: Final = (
    0,
    1,
    2,
    3,
    4,
    7,
    8,
    9,
    12,
    15,
    16,
    17,
    31,
    32,
    64,
    127,
    128,
    255,
    4096,
    32768,
    65535,
    0x7FFFFFFF,
)
BYTES: Final = (0, 1, 0x7F, 0x80, 0xD0, 0xD9, 0xFE, 0xFF)


class Damaged(NamedTuple):
    """A damaged codestream, and the class of images that its file's header names."""

    name: str
    syntax: Syntax
    case: Case
    stream: bytes

    @property
    def file(self) -> bytes:
        """The DICOM file."""
        return file_of(self.case, self.syntax.uid, [self.stream], encapsulated=True)


Change = Callable[[Any, bytes, str], bytes]


def _flipped(draw: Any, stream: bytes, family: str) -> bytes:
    """Change bits, or whole bytes: in the headers, or anywhere."""
    changed = bytearray(stream)
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, draw(st.sampled_from((min(len(stream), 120), len(stream)))) - 1))
        flipped = [changed[at] ^ 1 << bit for bit in range(8)]
        changed[at] = draw(st.one_of(st.sampled_from(BYTES), st.sampled_from(flipped)))
    return bytes(changed)


def _restated(draw: Any, stream: bytes, family: str) -> bytes:
    """Let fields of the headers say something else: sizes, components, precision, intervals, tiles, lengths."""
    return _with_other(draw, stream, fields(stream, family))


def _contradicted(draw: Any, stream: bytes, family: str) -> bytes:
    """Let fields of the headers contradict what is coded."""
    return _with_other(draw, stream, decisive(stream, family))


def _with_other(draw: Any, stream: bytes, places: Sequence[Field]) -> bytes:
    changed = bytearray(stream)
    for _ in range(draw(st.integers(1, 3)) if places else 0):
        place = draw(st.sampled_from(places))
        size, most = place.size, (1 << 8 * place.size) - 1
        old = int.from_bytes(changed[place.start : place.start + size], place.order)
        near = [old - 1, old + 1, old * 2, old // 2, old ^ 0x80, most]
        new = draw(st.sampled_from([*near, *FIELD_VALUES])) & most
        changed[place.start : place.start + size] = new.to_bytes(size, place.order)
    return bytes(changed)


def _cut(draw: Any, stream: bytes, family: str) -> bytes:
    """Cut the end off, or bytes out of the middle; close it again with the end that it had, or do not."""
    start = draw(st.integers(0, len(stream)))
    end = draw(st.sampled_from((len(stream), len(stream) - 2, min(len(stream), start + draw(st.integers(1, 64))))))
    return stream[:start] + stream[max(start, end) :]


def _shortened(draw: Any, stream: bytes, family: str) -> bytes:
    """Cut the end off; close the rest with the last two bytes, or do not."""
    return stream[: draw(st.integers(0, len(stream)))] + draw(st.sampled_from((b"", stream[-2:])))


def _rearranged(draw: Any, stream: bytes, family: str) -> bytes:
    """Leave a segment out, repeat it, exchange it with another, or put bytes before it."""
    parts = segments(stream, family)
    if len(parts) < 2:
        return _cut(draw, stream, family)
    one, other = draw(st.integers(0, len(parts) - 1)), draw(st.integers(0, len(parts) - 1))
    kind = draw(st.sampled_from(("drop", "repeat", "exchange", "insert")))
    if kind == "drop":
        del parts[one]
    elif kind == "repeat":
        parts.insert(other, parts[one])
    elif kind == "exchange":
        parts[one], parts[other] = parts[other], parts[one]
    else:
        parts.insert(one, draw(st.sampled_from(INSERTED)))
    return b"".join(parts)


INSERTED: Final = (
    b"\xff\xdd\0\4\0\1",  # a restart interval of one unit
    b"\xff\xdd\0\4\0\7",
    b"\xff\xee\0\x0eAdobe\0d\0\0\0\0\1",
    b"\xff\xf8\0\x0d\1\0\x0f\0\1\0\2\0\3\0\1",  # JPEG-LS presets
    b"\xff\xd0",
    b"\xff\xd9",
    b"\xff\xdc\0\4\0\x23",  # the number of lines
    b"\xff\x53\0\x09\0\0\1\4\4\0\1",  # JPEG 2000: a component's coding style
    b"\xff\x5f\0\x09\0\0\0\0\1\1\1\1",  # a progression order's change
    b"\xff\x58\0\5\0\0\3",  # lengths of packets
    bytes(40),
)


def _filled(draw: Any, stream: bytes, family: str) -> bytes:
    """Fill a stretch with one byte, or with bytes from elsewhere in the codestream."""
    start = draw(st.integers(0, len(stream) - 1))
    size = min(draw(st.integers(1, 200)), len(stream) - start)
    other = draw(st.integers(0, len(stream) - size))
    value = draw(st.sampled_from((*(bytes([each]) * size for each in BYTES), stream[other : other + size])))
    return stream[:start] + value + stream[start + size :]


# Of anything, and of what contradicts the code: damage within it, or in a number by which it is decoded, mostly is
# another picture, which no decoder can tell.
CHANGES: Final[Sequence[Change]] = (_flipped, _restated, _restated, _cut, _rearranged, _filled)
CONTRADICTIONS: Final[Sequence[Change]] = (_contradicted, _contradicted, _shortened, _rearranged)


@st.composite
def damaged_codes(draw: Any, changes: Sequence[Change] = CHANGES) -> Damaged:
    """Draw a damaged codestream in a file whose header may follow what it now says of its size."""
    coded = CODED[draw(st.sampled_from(sorted(CODED)))]
    stream = coded.stream
    for _ in range(draw(st.sampled_from((1, 1, 1, 2)))):
        stream = draw(st.sampled_from(changes))(draw, stream, coded.syntax.family) or b"\0"
    case = coded.case
    stated = dimensions(stream, coded.syntax.family)
    # The codes of JPEG 2000 do not tell how many samples they are of.
    may_agree = changes is CHANGES or "j2k" not in coded.syntax.family
    if stated and may_agree and draw(st.booleans()):
        case = replace(case, rows=min(stated[0], 65535), columns=min(stated[1], 65535))
    return Damaged(coded.name, coded.syntax, case, stream)
