"""The order of a data set's elements: each once, and what describes the pixels before them (PS3.5 7.1)."""

from io import BytesIO
from typing import Final

from runtime.dicom.parse.guard import named, unreadable, unsupported
from runtime.dicom.parse.items import Element, Items
from runtime.dicom.parse.sequence import is_sequence

PIXELS: Final = {0x7FE00008: "FloatPixelData", 0x7FE00009: "DoubleFloatPixelData", 0x7FE00010: "PixelData"}
# Groups: kind and times, spacing, place, pixels, real world values, slides, nuclear medicine, segments, presentation,
# RT images and doses, functional groups, overlays.
DECISIVE: Final = frozenset(
    (0x0008, 0x0018, 0x0020, 0x0028, 0x0040, 0x0048, 0x0054, 0x0062, 0x2050, 0x3002, 0x3004, 0x5200)
) | frozenset(range(0x6000, 0x6020, 2))
PEEKED: Final = 6  # bytes, with which a parser looks whether the first element has a VR, before it reads it
ELEMENTS_MOST: Final = 100_000  # of the outermost level: each costs a parser more than its bytes say
FIRST_GROUP: Final = 0x0008  # of what describes an image; zeros to the end of a block look like elements of group 0


class Elements:
    """The elements of one data set, as a parser comes upon them.

    Whoever reads only the header, as an index does, must find in it what one finds who reads all.
    """

    def __init__(self) -> None:
        self._seen: set[int] = set()
        self._pixels = False
        self._count = 0
        self._place = -PEEKED - 1
        self._sequences: list[tuple[BytesIO, Element]] = []

    def take(self, tag: int, vr: str | None, length: int, file: BytesIO) -> None:
        """Take the next element of the outermost level, whose value is what the file is read from next.

        Raises PermanentError: `input_unreadable`, `input_unsupported` for too many.
        """
        before, self._place = self._place, (place := file.tell())
        if place - before <= PEEKED:
            return  # the first element once more
        self._count += 1
        if self._count > ELEMENTS_MOST:
            raise unsupported(f"The file has more than {ELEMENTS_MOST:,} elements.")
        group = tag >> 16
        if tag in PIXELS:
            if self._pixels:
                raise unreadable(f"The file has pixels twice, the second time in {named(tag)}.")
            self._pixels = True
        elif self._pixels and group % 2 == 0 and FIRST_GROUP <= group < min(PIXELS) >> 16:
            raise unreadable(f"The file has the element {named(tag)} after its pixels; they come in ascending order.")
        elif tag in self._seen and group in DECISIVE:
            raise unreadable(f"The file has the element {named(tag)} twice.")
        self._seen.add(tag)
        if group in DECISIVE and is_sequence(tag, None if vr is None else vr.encode(), length):
            self._sequences.append((file, Element(tag, place, length, is_sequence=True)))

    def check_items(self, *, little: bool, whole: bool) -> None:
        """Check the items of the sequences that were taken, of which the last may be cut off unless they are `whole`.

        Raises PermanentError (`input_unreadable`).
        """
        for file, sequence in self._sequences:
            Items(file.getvalue(), little=little).check(sequence, whole=whole)
