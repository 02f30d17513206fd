"""How a file wants its values shown: window centre and width, the function between them, or a lookup table."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Window = tuple[float, float]
FUNCTIONS = ("LINEAR", "LINEAR_EXACT", "SIGMOID")


@dataclass(frozen=True, slots=True, eq=False)
class Lut:
    """A VOI lookup table: `first` is the value of its first entry; entries have `bits` bits."""

    first: int
    bits: int
    entries: NDArray[np.uint16]

    @property
    def window(self) -> Window:
        """The window that spans the table."""
        return self.first + len(self.entries) / 2, float(len(self.entries))


@dataclass(frozen=True, slots=True)
class Voi:
    """The windows of a file, the first being its default; the lookup table comes before them where there is one."""

    windows: tuple[Window, ...] = ()
    function: str = "LINEAR"
    lut: Lut | None = None

    @property
    def window(self) -> Window | None:
        """The default window, that of the lookup table where the file has no other; None where it has neither."""
        if self.windows:
            return self.windows[0]
        return self.lut.window if self.lut is not None else None


def read_voi(levels: Sequence[Any]) -> Voi:
    """Read the VOI attributes of a frame from the first of `levels` (frame, shared groups, file) that has any."""
    for level in levels:
        groups = level.get("FrameVOILUTSequence")
        holder = groups[0] if groups else level
        windows = tuple(_pairs(holder.get("WindowCenter"), holder.get("WindowWidth")))
        lut = _lut(holder.get("VOILUTSequence"))
        if windows or lut is not None:
            function = str(holder.get("VOILUTFunction") or "LINEAR").strip().upper()
            return Voi(windows, function if function in FUNCTIONS else "LINEAR", lut)
    return Voi()


def _pairs(centres: Any, widths: Any) -> list[Window]:
    try:
        pairs = zip(_many(centres), _many(widths), strict=False)
        return [(centre, width) for centre, width in pairs if np.isfinite(centre) and 0 < width < np.inf]
    except (TypeError, ValueError):
        return []


def _many(value: Any) -> list[float]:
    if value is None or value == "":
        return []
    return [float(value)] if isinstance(value, str | int | float) else [float(v) for v in value]


def _lut(sequence: Any) -> Lut | None:
    if not sequence:
        return None
    item = sequence[0]
    try:
        count, first, bits = (int(v) for v in item["LUTDescriptor"].value)
        count = count or 65536  # zero stands for the number that 16 bits cannot hold
        data: Any = item["LUTData"].value
        entries = np.frombuffer(data, "<u2") if isinstance(data, bytes) else np.asarray(data, np.uint16)
        # Tables of 8-bit entries come packed two to a word.
        if bits <= 8 and len(entries) * 2 == count:
            entries = entries.astype("<u2").view(np.uint8).astype(np.uint16)
    except (KeyError, TypeError, ValueError):
        return None
    if first >= 32768 and item["LUTDescriptor"].VR == "SS":
        first -= 65536
    return Lut(first, bits, entries[:count].astype(np.uint16)) if len(entries) >= count else None
