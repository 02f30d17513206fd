"""The one reader of lookup tables: modality (PS3.3 C.11.1), VOI (C.11.2) and palette (C.7.6.3.1.5 and .6)."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final, cast

import numpy as np
from numpy.typing import NDArray

from runtime.dicom.parse.guard import reading, unreadable
from runtime.dicom.parse.numbers import values_of

MISSTATED: Final = 2  # bits by which the entries must fall short of the stated ones, before these are ignored


@dataclass(frozen=True, slots=True, eq=False)
class Lut:
    """A lookup table: `first` is the value of its first entry; entries have `bits` bits.

    Values below the first are mapped as it is, those above the last as the last.
    """

    first: int
    bits: int
    entries: NDArray[np.uint16]

    @property
    def window(self) -> tuple[float, float]:
        """The window (centre, width) that spans the table."""
        return self.first + len(self.entries) / 2, float(len(self.entries))

    @property
    def levels(self) -> NDArray[np.uint8]:
        """The entries as grey levels from 0 to 255, of the full range of their bits."""
        return np.rint(self.entries * (255 / ((1 << self.bits) - 1))).astype(np.uint8)

    def indices(self, values: NDArray[Any]) -> NDArray[np.intp]:
        """Return where in the table values lie."""
        if values.dtype.kind == "f":
            values = np.rint(np.nan_to_num(values.astype(np.float64)))
            return np.clip(values - self.first, 0, len(self.entries) - 1).astype(np.intp)
        last = self.first + len(self.entries) - 1
        limits = np.iinfo(values.dtype)
        low, high = (min(max(end, int(limits.min)), int(limits.max)) for end in (self.first, last))
        return np.clip(np.clip(values, low, high).astype(np.int64) - self.first, 0, len(self.entries) - 1).astype(
            np.intp
        )

    def entries_of(self, values: NDArray[Any]) -> NDArray[np.uint16]:
        """Return the entry of each value."""
        return self.entries[self.indices(values)]


@dataclass(frozen=True, slots=True)
class Context:
    """What the meaning of a table's bytes depends on: the file's encoding, and the range of the values looked up."""

    implicit: bool
    little: bool
    low: float
    high: float


def read_lut(descriptor: Any, data: Any, context: Context, named: str) -> Lut:
    """Return a table from its two elements (None if one is absent). Raises PermanentError (`input_unreadable`)."""
    if descriptor is None or data is None:
        raise unreadable(f"The {named} has no {'descriptor' if descriptor is None else 'data'}.")
    with reading(f"The {named}"):
        count, first, bits = read_descriptor(descriptor, context, named)
        return Lut(first, *entries(words_of(data, context), count, bits, named))


def read_descriptor(descriptor: Any, context: Context, named: str) -> tuple[int, int, int]:
    """Return the number of entries, the first value mapped and the bits of an entry."""
    many = values_of(descriptor.value)
    if len(many) != 3:
        raise unreadable(f"The {named}'s descriptor has {len(many)} values, not 3.")
    count, first, bits = (int(each) for each in many)
    count = (count & 0xFFFF) or 65536  # zero stands for the number that 16 bits cannot hold
    if not 8 <= bits <= 16:
        raise unreadable(f"The {named}'s entries have {bits} bits; they can have 8 to 16.")
    return count, _first(first, count, str(descriptor.VR), context), bits


def _first(stated: int, count: int, vr: str, context: Context) -> int:
    """Return the first value mapped. Its VR is SS if the values looked up may be negative, else US (C.11.2.1.1).

    Implicit VR does not say, and writers get it wrong: of the two readings, the one that maps more of the values
    counts, if the stated one would map none of them; of two that map as many, the one by the standard's rule.
    """
    if vr == "SS" and not context.implicit and stated + count > context.low:
        return stated
    unsigned = stated & 0xFFFF
    readings = [unsigned, unsigned - 65536 if unsigned >= 32768 else unsigned]
    if context.low < 0:
        readings.reverse()

    def mapped(first: int) -> float:
        """Return how many of the values a table has; below zero, how far it is from them."""
        return min(first + count - 1, context.high) - max(first, context.low)

    return max(readings, key=mapped)


def entries(words: NDArray[np.uint16], count: int, bits: int, named: str) -> tuple[int, NDArray[np.uint16]]:
    """Return a table's bits and entries; those of 8 bits come two to a word, or each in a word of its own."""
    if len(words) == count and (bits > 8 or count > 1):
        return _in_words(words, bits, named)
    if bits == 8 and len(words) == (count + 1) // 2:
        # The first of two is the word's lower byte, whatever the byte order.
        return 8, words.astype("<u2").view(np.uint8)[:count].astype(np.uint16)
    raise unreadable(f"The {named} does not hold the {count} entries of {bits} bits that it announces.")


def words_of(data: Any, context: Context) -> NDArray[np.uint16]:
    """Return the 16-bit words of a table's data, whatever their VR and byte order."""
    value = data.value
    if isinstance(value, bytes | bytearray):
        order = "<u2" if context.little or str(data.VR) == "OB" else ">u2"
        even = bytes(value) + b"\0" * (len(value) % 2)
        return np.frombuffer(even, order).astype(np.uint16)
    numbers = [value] if isinstance(value, int) else list(cast("Iterable[int]", value))
    return (np.array(numbers, np.int64) & 0xFFFF).astype(np.uint16)


def _in_words(words: NDArray[np.uint16], bits: int, named: str) -> tuple[int, NDArray[np.uint16]]:
    most = int(words.max())
    if bits == 8 and most > 255:
        low, high = words & 0xFF, words >> 8
        if not low.any() or (low == high).all():  # in the upper byte, or in both
            return 8, high.astype(np.uint16)
    if most >> bits:
        raise unreadable(f"The {named} holds entries above the {bits} bits that it announces.")
    # Some writers state the word's 16 bits for entries of 8, 10 or 12: nothing would come out brighter than a quarter
    # of white. The range that is used counts, as in other viewers.
    used = max(8, most.bit_length())
    return (used if most and used <= bits - MISSTATED else bits), words
