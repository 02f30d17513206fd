"""Encapsulated pixel data (PS3.5 A.4) to the codestreams of its frames."""

from itertools import pairwise
from typing import Any, Final

from runtime.dicom.parse.guard import unreadable
from runtime.dicom.pixels.codestreams.jp2 import SIGNATURE
from runtime.dicom.pixels.layout import Layout
from runtime.dicom.pixels.syntax import JPEG_XL

ITEM: Final = b"\xfe\xff\x00\xe0"
STARTS: Final = (b"\xff\xd8", b"\xff\x4f\xff\x51", SIGNATURE)
XL_STARTS: Final = (b"\xff\x0a", b"\x00\x00\x00\x0cJXL ")


class Frames:
    """The frames of a file's encapsulated pixel data, each in one or several fragments."""

    def __init__(self, dataset: Any, layout: Layout) -> None:
        self._data: bytes = dataset.PixelData
        spans = _items(self._data)
        if not spans:
            raise unreadable("The encapsulated pixel data hold no frame.")
        table, self._fragments = spans[0], spans[1:]
        extended, basic = _extended(dataset), _basic(self._data[slice(*table)])
        if extended and basic and extended != basic:  # PS3.5 A.4: a file has one of the two
            raise unreadable("The file has two tables of frame offsets, which contradict each other.")
        firsts = extended or basic
        places = [start - 8 - table[1] for start, _ in self._fragments]  # from the first fragment's item tag
        if firsts:
            if len(firsts) != layout.frames or firsts[0] or firsts != sorted(set(firsts) & set(places)):
                raise unreadable("The file's table of frame offsets is wrong: it does not point to its frames.")
            index = {place: at for at, place in enumerate(places)}
            starts = [index[first] for first in firsts]
        else:
            starts = self._guessed(layout)
        self._frames = list(pairwise([*starts, len(self._fragments)]))
        if len(self._frames) != layout.frames or any(first >= last for first, last in self._frames):
            raise unreadable(f"The file holds {len(self._frames)} frames, but its header says {layout.frames}.")
        if extended:
            self._check_lengths(_longs(dataset.get("ExtendedOffsetTableLengths")))

    def __getitem__(self, index: int) -> bytes:
        """Return the codestream of a frame."""
        first, last = self._frames[index]
        return b"".join(self._data[slice(*span)] for span in self._fragments[first:last])

    def _guessed(self, layout: Layout) -> list[int]:
        """Return where frames begin if there is no table: one a fragment, or by the codestreams' first bytes."""
        starts = XL_STARTS if layout.syntax in JPEG_XL else STARTS
        begun = [at for at, span in enumerate(self._fragments) if self._data[slice(*span)].startswith(starts)]
        if len(self._fragments) == layout.frames:
            return list(range(layout.frames))
        return begun or [0]

    def _check_lengths(self, stated: list[int]) -> None:
        """Compare with the frames' lengths, which may count the byte that pads an odd one (PS3.3 C.7.6.3.1.8)."""
        spans = [self._fragments[first:last] for first, last in self._frames]
        found = [sum(end - start for start, end in some) for some in spans]
        if stated and [each + each % 2 for each in stated] != found:
            raise unreadable("The file's table of frame lengths is wrong: its frames have others.")


def _items(data: bytes) -> list[tuple[int, int]]:
    """Return where each item's value begins and ends, the offset table's first."""
    spans: list[tuple[int, int]] = []
    at = 0
    while data[at : at + 4] == ITEM:
        end = at + 8 + int.from_bytes(data[at + 4 : at + 8], "little")
        if end > len(data):
            raise unreadable("The encapsulated pixel data are cut short.")
        spans.append((at + 8, end))
        at = end
    if at < len(data) and data[at : at + 4] != b"\xfe\xff\xdd\xe0":
        raise unreadable("The encapsulated pixel data are damaged.")
    return spans


def _basic(table: bytes) -> list[int]:
    return [int.from_bytes(table[at : at + 4], "little") for at in range(0, len(table), 4)]


def _extended(dataset: Any) -> list[int]:
    return _longs(dataset.get("ExtendedOffsetTable"))


def _longs(value: bytes | None) -> list[int]:
    table = value or b""
    return [int.from_bytes(table[at : at + 8], "little") for at in range(0, len(table), 8)]
