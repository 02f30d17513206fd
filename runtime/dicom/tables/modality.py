"""The modality lookup table, instead of slope and intercept (PS3.3 C.11.1)."""

from typing import Any

from runtime.dicom.tables.context import element, first_item, stored_context
from runtime.dicom.tables.table import Lut, read_lut


def modality_lut(dataset: Any) -> Lut | None:
    """Return the modality table of a file, or None if it has none. Raises PermanentError (`input_unreadable`)."""
    item = first_item(dataset.get("ModalityLUTSequence"))
    if item is None:
        return None
    named = "modality lookup table"
    return read_lut(element(item, "LUTDescriptor"), element(item, "LUTData"), stored_context(dataset), named)
