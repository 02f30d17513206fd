"""Segmented palettes (PS3.3 C.7.9.2) to their entries, no more of them than are announced."""

import numpy as np
from numpy.typing import NDArray

from runtime.dicom.parse.guard import unreadable

DISCRETE, LINEAR, INDIRECT = 0, 1, 2


def expand(words: NDArray[np.uint16], count: int, bits: int) -> NDArray[np.uint16]:
    """Return the entries. Raises PermanentError (`input_unreadable`) for segments that are wrong or too many."""
    # Segments of 8-bit entries are bytes throughout, two to a word.
    units = words.astype("<u2").view(np.uint8) if bits == 8 else words
    entries: list[int] = []
    _expand([int(unit) for unit in units], 0, entries, count, bits == 8)
    return np.array(entries, np.int64).astype(np.uint16)


def _expand(units: list[int], at: int, entries: list[int], count: int, narrow: bool, copied: int | None = None) -> None:
    """Append the entries of the segments that begin at `at`: all of them, or as many as an indirect segment copies."""
    left = copied
    while at + 1 < len(units) and left != 0 and (copied is not None or len(entries) < count):
        code, length = units[at], units[at + 1]
        if code == DISCRETE and length and at + 2 + length <= len(units):
            entries += units[at + 2 : at + 2 + length]
            at += 2 + length
        elif code == LINEAR and length and entries and at + 3 <= len(units):
            last, target = entries[-1], units[at + 2]
            entries += [round(last + (target - last) * step / length) for step in range(1, length + 1)]
            at += 3
        elif code == INDIRECT and copied is None and at + (6 if narrow else 4) <= len(units):
            # The offset has 32 bits and is in bytes; what is copied holds no indirect segment.
            parts = units[at + 2 : at + (6 if narrow else 4)]
            place = sum(part << ((8 if narrow else 16) * order) for order, part in enumerate(parts))
            _expand(units, place if narrow else place // 2, entries, count, narrow, length)
            at += 2 + len(parts)
        else:
            raise unreadable("The segmented palette is damaged.")
        if len(entries) > count:
            raise unreadable("The segmented palette holds more entries than it announces.")
        left = None if left is None else left - 1
