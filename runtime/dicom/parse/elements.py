"""The order of a data set's elements: each once, and what describes the pixels before them (PS3.5 7.1)."""

from typing import Final

from runtime.dicom.parse.guard import unreadable, unsupported

PIXELS: Final = {0x7FE00008: "FloatPixelData", 0x7FE00009: "DoubleFloatPixelData", 0x7FE00010: "PixelData"}
# Groups: spacing, place, pixels, slides, nuclear medicine, RT images and doses, functional groups. Not 0008: files of
# pydicom's own set have ImageType twice.
DECISIVE: Final = (0x0018, 0x0020, 0x0028, 0x0048, 0x0054, 0x3002, 0x3004, 0x5200)
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

    def take(self, tag: int) -> None:
        """Take the next element of the outermost level.

        Raises PermanentError: `input_unreadable`, `input_unsupported` for too many.
        """
        self._count += 1
        if self._count > ELEMENTS_MOST:
            raise unsupported(f"The file has more than {ELEMENTS_MOST:,} elements.")
        group = tag >> 16
        named = f"({group:04X},{tag & 0xFFFF:04X})"
        if tag in PIXELS:
            if self._pixels:
                raise unreadable(f"The file has pixels twice, the second time in {named}.")
            self._pixels = True
        elif self._pixels and group % 2 == 0 and FIRST_GROUP <= group < min(PIXELS) >> 16:
            raise unreadable(f"The file has the element {named} after its pixels; elements come in ascending order.")
        elif tag in self._seen and group in DECISIVE:
            raise unreadable(f"The file has the element {named} twice.")
        self._seen.add(tag)
