"""Stored bits to values: the one place where bits are masked and signs extended, for every transfer syntax."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from runtime.dicom.parse.guard import unreadable
from runtime.dicom.pixels.layout import Layout
from runtime.dicom.pixels.syntax import JPEG, JPEG_XL

Array = NDArray[Any]


def cell_values(cells: Array, stored: int, high: int, *, signed: bool) -> Array:
    """Return the values of pixel cells: `stored` bits, the highest at `high`; all other bits are ignored.

    PS3.5 8.1.1 and annex D: the cell's other bits may hold anything, such as overlays; signed values are two's
    complement of the stored bits.
    """
    size = cells.dtype.itemsize
    width = 8 * size
    bits = np.ascontiguousarray(cells).view(f"u{size}")
    if stored == width:
        return bits.view(f"i{size}") if signed else bits
    raised = np.left_shift(bits, width - 1 - high)
    # An arithmetic shift of a signed type extends the sign.
    return np.right_shift(raised.view(f"i{size}") if signed else raised, width - stored)


def coded_values(samples: Array, precision: int, *, signed: bool, exact: bool, layout: Layout) -> Array:
    """Return the values of decoded samples of `precision` bits, `signed` as the codestream says.

    PS3.5 8.2: header and codestream should agree. If a lossless codestream has more bits than are stored, it holds
    whole cells, and the header says which bits are the value. A lossy one has no unused bits: all are the value. One
    of fewer bits holds only these. If the two then disagree on the sign, a value that only one of them can hold may be
    the two's complement of another: which values are negative cannot be known.

    Raises PermanentError (`input_unreadable`).
    """
    # PS3.5 8.2.1: the samples of a DCT are unsigned, whatever the header says. JPEG XL has no sign at all.
    unsigned = layout.syntax in (*JPEG, *JPEG_XL) and not exact
    if (precision == layout.stored and not unsigned) or (exact and precision > layout.stored):
        high = layout.stored - 1 if precision == layout.stored else min(layout.high, precision - 1)
        return cell_values(samples, layout.stored, high, signed=layout.signed).astype(layout.dtype, copy=False)
    values = cell_values(samples, precision, precision - 1, signed=signed)
    if layout.syntax in JPEG_XL and not exact and int(values.max()) >> layout.stored:
        raise unreadable(
            f"The JPEG XL code has values of more than the {layout.stored} bits that the header says are stored;"
            " whether the others are unused cannot be known, as the code may be lossy."
        )
    most = (1 << (min(precision, layout.stored) - 1)) - 1
    if signed != layout.signed and (int(values.max()) > most if layout.signed else int(values.min()) < 0):
        raise unreadable(
            f"The codestream has {precision} {'signed' if signed else 'unsigned'} bits a sample, but the header says "
            f"{layout.stored} {'signed' if layout.signed else 'unsigned'}: which values are negative cannot be known."
        )
    return values.astype(layout.dtype, copy=False)
