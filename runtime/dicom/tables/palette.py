"""Palettes (PS3.3 C.7.6.3.1.5 and C.7.9) to colours."""

from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from runtime.dicom.parse.guard import reading, unreadable
from runtime.dicom.pixels.layout import Layout
from runtime.dicom.tables.context import element, stored_context
from runtime.dicom.tables.segmented import expand
from runtime.dicom.tables.table import Lut, read_descriptor, read_lut, words_of

COLOURS: Final = ("Red", "Green", "Blue")
Palette = tuple[Lut, Lut, Lut]


def coloured(values: NDArray[Any], dataset: Any, layout: Layout) -> NDArray[np.uint8]:
    """Return the colours, of shape (..., 3), of stored values. Raises PermanentError (`input_unreadable`)."""
    if layout.samples != 1:
        raise unreadable("A palette needs one sample a pixel.")
    return painted(values, read_palette(dataset))


def read_palette(dataset: Any) -> Palette:
    """Return the tables of red, green and blue. Raises PermanentError (`input_unreadable`)."""
    with reading("The palette"):
        red, green, blue = (_table(dataset, colour) for colour in COLOURS)
        if not red.first == green.first == blue.first:  # C.7.6.3.1.5 wants one for all three
            raise unreadable("The palettes of red, green and blue begin at different values.")
        return red, green, blue


def painted(values: NDArray[Any], palette: Palette) -> NDArray[np.uint8]:
    """Return the colours, of shape (..., 3), of values; those outside the tables take the first or the last."""
    # All three have the same number of bits (PS3.3 C.7.6.3.1.5): one that is dark throughout says nothing of them.
    bits = max((table.bits for table in palette if table.entries.any()), default=8)
    return np.stack([_bytes(table, bits)[table.indices(values)] for table in palette], axis=-1)


def _table(dataset: Any, colour: str) -> Lut:
    named = f"{colour.lower()} palette"
    context = stored_context(dataset)
    descriptor = element(dataset, f"{colour}PaletteColorLookupTableDescriptor")
    segmented = element(dataset, f"Segmented{colour}PaletteColorLookupTableData")
    if segmented is None or descriptor is None:
        return read_lut(descriptor, element(dataset, f"{colour}PaletteColorLookupTableData"), context, named)
    count, first, bits = read_descriptor(descriptor, context, named)
    expanded = expand(words_of(segmented, context), count, bits)
    if len(expanded) != count:
        raise unreadable(f"The {named} does not hold the {count} entries that it announces.")
    return Lut(first, bits, expanded)


def _bytes(table: Lut, bits: int) -> NDArray[np.uint8]:
    """Return 8 bits of each entry of `bits` bits, the upper ones, as displays take them."""
    return (table.entries >> (bits - 8)).astype(np.uint8)
