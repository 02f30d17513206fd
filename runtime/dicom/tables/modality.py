"""The modality lookup table, instead of slope and intercept (PS3.3 C.11.1)."""

from typing import Any

from runtime.dicom.parse.guard import unreadable
from runtime.dicom.tables.context import element, first_item, stored_context
from runtime.dicom.tables.table import Lut, read_lut


def modality_lut(dataset: Any) -> Lut | None:
    """Return the modality table of a file, or None if it has none. Raises PermanentError (`input_unreadable`)."""
    items = dataset.get("ModalityLUTSequence")
    item = first_item(items)
    if item is None:
        return None
    if len(items) > 1:  # PS3.3 C.11.1
        raise unreadable(f"The file has {len(items)} modality lookup tables instead of one.")
    named = "modality lookup table"
    return read_lut(element(item, "LUTDescriptor"), element(item, "LUTData"), stored_context(dataset), named)
