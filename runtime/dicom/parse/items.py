"""The items of sequences (PS3.5 7.5): each within its sequence, and each with every element once (7.1)."""

import struct
from typing import Final, NamedTuple, NoReturn

from runtime.dicom.parse.guard import named, unreadable
from runtime.dicom.parse.sequence import UNDEFINED, is_sequence

ITEM, ITEM_END, SEQUENCE_END = 0xFFFEE000, 0xFFFEE00D, 0xFFFEE0DD
LONG: Final = frozenset((b"OB", b"OD", b"OF", b"OL", b"OV", b"OW", b"SQ", b"SV", b"UC", b"UN", b"UR", b"UT", b"UV"))
DEEPEST: Final = 64  # sequences in one another
LETTERS: Final = range(0x41, 0x5B)
PREAMBLE, META = 132, 0x0002


class Element(NamedTuple):
    """The head of an element: where its value begins, how long it is stated to be, and whether it is a sequence."""

    tag: int
    start: int
    length: int
    is_sequence: bool


class Items:
    """Walks the items of a file's sequences, as a parser does that keeps the last of equal elements.

    The bytes may end before a sequence does, if only the beginning of a file was read.
    """

    def __init__(self, content: bytes | bytearray, *, little: bool) -> None:
        self._content = content
        self._head = struct.Struct("<HHL" if little else ">HHL").unpack_from
        self._short = struct.Struct("<H" if little else ">H").unpack_from
        self._long = struct.Struct("<L" if little else ">L").unpack_from
        self._delimiter = struct.pack("<2H" if little else ">2H", SEQUENCE_END >> 16, SEQUENCE_END & 0xFFFF)

    def check(self, sequence: Element, *, whole: bool) -> None:
        """Raise PermanentError (`input_unreadable`) if an item of a sequence is damaged, or says something twice.

        A sequence that is `whole` does not go on after the last of the bytes.
        """
        try:
            self._sequence(sequence, None, 1)
        except EOFError:
            if whole:
                raise _damaged(sequence.tag) from None

    def check_group(self, at: int, group: int) -> None:
        """Raise PermanentError (`input_unreadable`) if a group at this place says a thing twice."""
        seen: set[int] = set()
        try:
            while (element := self._element(at, implicit=False)).tag >> 16 == group:
                if element.tag in seen:
                    raise unreadable(f"The file has the element {named(element.tag)} twice.")
                seen.add(element.tag)
                at = element.start + element.length
        except EOFError:
            return

    def _sequence(self, sequence: Element, outer: int | None, depth: int) -> int:
        """Return where a sequence ends, which lies before `outer`, the end of what it is in."""
        if depth > DEEPEST:
            raise unreadable(f"The file has more than {DEEPEST} sequences in one another.")
        at, end = sequence.start, self._end(sequence.start, sequence.length, outer, sequence.tag)
        while end is None or at < end:
            tag, length = self._item(at)
            if tag == SEQUENCE_END:
                if end is not None and at + 8 != end:
                    raise _damaged(sequence.tag)
                return at + 8
            if tag != ITEM:
                raise _damaged(sequence.tag)
            at = self._elements(at + 8, self._end(at + 8, length, end, sequence.tag), sequence, end, depth)
        return at

    def _elements(self, at: int, end: int | None, sequence: Element, outer: int | None, depth: int) -> int:
        """Return where an item ends; `end` is None if a delimiter says so."""
        implicit = at != end and not all(each in LETTERS for each in self._content[at + 4 : at + 6])
        seen: set[int] = set()
        while end is None or at < end:
            element = self._element(at, implicit)
            tag = element.tag
            if tag == ITEM_END:
                if end not in (None, element.start):
                    raise _damaged(sequence.tag)
                return element.start
            if tag in seen and not tag >> 16 & 1:  # what vendors write is theirs
                raise unreadable(f"An item of {named(sequence.tag)} has the element {named(tag)} twice.")
            seen.add(tag)
            inner = end if end is not None else outer
            stop = self._end(element.start, element.length, inner, sequence.tag)
            if element.is_sequence:
                stop = self._sequence(element, inner, depth + 1)
            elif stop is None:  # encapsulated pixels, such as an icon's
                found = self._content.find(self._delimiter, element.start)
                stop = found + 8 if found >= 0 else self._beyond()
            at = stop
        return at

    def _element(self, at: int, implicit: bool) -> Element:
        tag, length = self._item(at)
        start, vr = at + 8, b""
        stated = bytes(self._content[at + 4 : at + 6])
        # Writers that mix encodings exist: what is no VR is a part of a length.
        if not implicit and tag >> 16 != ITEM >> 16 and b"AA" <= stated <= b"ZZ":
            vr = stated
            if vr in LONG:
                if at + 12 > len(self._content):
                    self._beyond()
                (length,) = self._long(self._content, at + 8)
                start = at + 12
            else:
                (length,) = self._short(self._content, at + 6)
        return Element(tag, start, length, is_sequence(tag, vr or None, length))

    def _item(self, at: int) -> tuple[int, int]:
        if at + 8 > len(self._content):
            self._beyond()
        group, number, length = self._head(self._content, at)
        return group << 16 | number, length

    def _beyond(self) -> NoReturn:
        raise EOFError

    def _end(self, start: int, length: int, outer: int | None, sequence: int) -> int | None:
        if length == UNDEFINED:
            return None
        if outer is not None and start + length > outer:
            raise _damaged(sequence)
        return start + length


def check_meta(content: bytes) -> None:
    """Refuse a file that states an element of its File Meta Information twice (PS3.10 7.1).

    Raises PermanentError (`input_unreadable`).
    """
    Items(content, little=True).check_group(PREAMBLE if content[PREAMBLE - 4 : PREAMBLE] == b"DICM" else 0, META)


def _damaged(sequence: int) -> Exception:
    return unreadable(f"The sequence {named(sequence)} is damaged: its items do not lie within it as they say.")
