"""How an image is shown: the one place that decides, for the PACS API's pictures and descriptions and for results."""

from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from runtime.dicom.geometry.planes.plane import Plane
from runtime.dicom.parse.numbers import number, whole
from runtime.dicom.parse.texts import text
from runtime.dicom.show.profile import colour_profile
from runtime.dicom.show.voi import Voi, Window
from runtime.dicom.show.window import Grey, render, render_lut, value_window
from runtime.dicom.tables.context import stored_range
from runtime.dicom.tables.modality import modality_lut

Range = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Look:
    """How a plane is shown.

    Parameters
    ----------
    voi : windows, function and table, in the values' unit.
    inverted : whether the lowest value is white.
    padding : the range of values that stand for no measurement; a window made of the values leaves them out.
    bits : of a colour's full scale.
    profile : name of the ICC profile that colours are in and that is not applied; None if it is sRGB or unknown.
    """

    voi: Voi = field(default_factory=Voi)
    inverted: bool = False
    padding: Range | None = None
    bits: int = 8
    profile: str | None = None


def look_of(dataset: Any, plane: Plane) -> Look:
    """Return how a frame of a file is shown."""
    profile = colour_profile(dataset) if plane.kind.startswith("colours") else None
    return Look(plane.voi, is_inverted(dataset), _padding(dataset, plane), colour_bits(dataset), profile)


def is_inverted(dataset: Any) -> bool:
    """Tell whether the lowest value is white: MONOCHROME1 (PS3.3 C.7.6.3.1.2), or an inverse presentation (C.11.6)."""
    photometric = text(dataset.get("PhotometricInterpretation"))
    inverse = text(dataset.get("PresentationLUTShape")) == "INVERSE"
    return photometric == "MONOCHROME1" or (photometric == "MONOCHROME2" and inverse)


def colour_bits(dataset: Any) -> int:
    """Return the bits of a colour's full scale."""
    return 8 if whole(dataset.get("SamplesPerPixel")) == 1 else whole(dataset.get("BitsStored")) or 8  # 8: of palettes


def stored_padding(dataset: Any) -> Range | None:
    """Return the range of stored values that stand for no measurement (PS3.3 C.7.5.1.1.2), or None."""
    for kind in ("DoubleFloatPixelPadding", "FloatPixelPadding"):
        if (value := number(dataset.get(f"{kind}Value"))) is not None:
            limit = number(dataset.get(f"{kind}RangeLimit"))
            return _sorted(value, value if limit is None else limit)
    ends = [whole(dataset.get(keyword)) for keyword in ("PixelPaddingValue", "PixelPaddingRangeLimit")]
    if ends[0] is None:
        return None
    # Its VR should be that of the pixels, but often is not: its bits are read as theirs.
    allocated, signed = whole(dataset.get("BitsAllocated")) or 16, whole(dataset.get("PixelRepresentation")) == 1
    cells = [end for end in ends if end is not None]
    values = [_as_cell(cell, allocated, signed=signed) for cell in cells]
    low, high = stored_range(dataset)
    if not any(low <= each <= high for each in values):
        # They are cells, of which the values are the stored bits alone (PS3.5 8.1.1), as of the pixels.
        stored = whole(dataset.get("BitsStored")) or allocated
        shift = (whole(dataset.get("HighBit")) or stored - 1) + 1 - stored
        values = [_as_cell((cell & (1 << allocated) - 1) >> max(0, shift), stored, signed=signed) for cell in cells]
    return _sorted(values[0], values[-1])


def picture(values: NDArray[Any], look: Look, window: Window | None = None, otherwise: Window | None = None) -> Grey:
    """Return 8-bit grey levels or colours.

    By `window` if there is one, else by the look's table or window, else by `otherwise`, else by the range of
    the values.
    """
    if values.ndim == 3:
        return colours(values, look.bits)
    if window is None and look.voi.lut is not None:
        return render_lut(values, look.voi.lut, invert=look.inverted)
    chosen = window or look.voi.window or otherwise or value_window(values, look.padding)
    function = look.voi.function if window is None and look.voi.windows else "LINEAR"
    # A file may state a LINEAR window narrower than 1; it can only mean LINEAR_EXACT.
    function = "LINEAR_EXACT" if chosen[1] < 1 and function == "LINEAR" else function
    return render(values, chosen, invert=look.inverted, function=function)


def colours(values: NDArray[Any], bits: int) -> Grey:
    """Return colours of 8 bits, of colours whose full scale has `bits` bits."""
    if values.dtype == np.uint8 and bits == 8:
        return values
    return np.rint(np.clip(values.astype(np.float64) * (255 / ((1 << bits) - 1)), 0, 255)).astype(np.uint8)


def _padding(dataset: Any, plane: Plane) -> Range | None:
    stored = stored_padding(dataset)
    if stored is None:
        return None
    table = modality_lut(dataset)
    if table is not None:
        return _sorted(*(float(each) for each in table.entries_of(np.array(stored, np.float64))))
    return _sorted(*(each * plane.slope + plane.intercept for each in stored))


def _as_cell(value: int, allocated: int, *, signed: bool) -> int:
    bits = value & ((1 << allocated) - 1)
    return bits - (1 << allocated) if signed and bits >> (allocated - 1) else bits


def _sorted(one: float, other: float) -> Range:
    return (one, other) if one <= other else (other, one)
