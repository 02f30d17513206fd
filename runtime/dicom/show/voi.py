"""How a file wants its values shown: window centre and width, the function between them, or a lookup table."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from runtime.dicom.parse.guard import unreadable
from runtime.dicom.parse.numbers import number, values_of
from runtime.dicom.parse.texts import text
from runtime.dicom.tables.context import element, first_item
from runtime.dicom.tables.table import Context, Lut, read_lut

Window = tuple[float, float]
FUNCTIONS: Final = ("LINEAR", "LINEAR_EXACT", "SIGMOID")
LONGEST: Final = 16  # characters of a CS


@dataclass(frozen=True, slots=True)
class Voi:
    """The windows of a file, the first being its default; the lookup table, if there is one, comes before them.

    Windows of a function that is not one of `FUNCTIONS` are left out: what they would show is not known. `unknown` is
    its name. The standard's three are defined terms, to which writers may add (PS3.3 C.11.2.1.3).
    """

    windows: tuple[Window, ...] = ()
    function: str = "LINEAR"
    lut: Lut | None = None
    unknown: str = ""

    @property
    def window(self) -> Window | None:
        """The default window, that of the lookup table if the file has no other; None if it has neither."""
        if self.windows:
            return self.windows[0]
        return self.lut.window if self.lut is not None else None


def read_voi(levels: Sequence[Any], context: Context) -> Voi:
    """Read the VOI attributes of a frame from the first of `levels` (frame, shared groups, file) that has any.

    Raises PermanentError (`input_unreadable`) for a damaged table, or several functional groups.
    """
    for level in levels:
        groups = level.get("FrameVOILUTSequence")
        if groups and len(groups) > 1:  # PS3.3 C.7.6.16.2: which of them is meant, nothing says
            raise unreadable(f"A frame's FrameVOILUTSequence has {len(groups)} items instead of one.")
        holder = groups[0] if groups else level
        windows = tuple(_pairs(holder.get("WindowCenter"), holder.get("WindowWidth")))
        item = first_item(holder.get("VOILUTSequence"))
        if windows or item is not None:
            lut = None
            if item is not None:
                lut = read_lut(element(item, "LUTDescriptor"), element(item, "LUTData"), context, "VOI lookup table")
            function = (text(holder.get("VOILUTFunction")) or "LINEAR").upper()
            if function in FUNCTIONS:
                return Voi(windows, function, lut)
            return Voi(lut=lut, unknown=function[:LONGEST])
    return Voi()


def _pairs(centres: Any, widths: Any) -> list[Window]:
    pairs = zip(_many(centres), _many(widths), strict=False)
    return [(centre, width) for centre, width in pairs if np.isfinite(centre) and 0 < width < np.inf]


def _many(value: Any) -> list[float]:
    """Return numbers; one that is none is not-a-number, so that the others keep their places."""
    return [found if (found := number(one)) is not None else np.nan for one in values_of(value)]
