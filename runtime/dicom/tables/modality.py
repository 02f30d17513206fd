"""The modality lookup table, instead of slope and intercept (PS3.3 C.11.1)."""

from typing import Any, Final

from runtime.dicom.parse.guard import unreadable
from runtime.dicom.parse.texts import text
from runtime.dicom.tables.context import element, first_item, stored_context
from runtime.dicom.tables.table import Lut, read_lut

# X-Ray Angiographic, X-Ray Radiofluoroscopic, and the retired biplane angiographic images.
PROJECTIONS: Final = tuple(f"1.2.840.10008.5.1.4.1.1.12.{number}" for number in (1, 2, 3))


def modality_item(dataset: Any) -> Any | None:
    """Return the item of the modality table that leads to the values which are shown, or None without one."""
    return None if is_of_intensity(dataset) else first_item(dataset.get("ModalityLUTSequence"))


def is_of_intensity(dataset: Any) -> bool:
    """Tell whether the modality table only leads back from values for display to the X-ray beam's intensity.

    Such a table stands beside values that are a logarithm of the intensity or meant for display (PS3.3 C.8.7.1.1.2).
    Windows are for the stored values, to which viewers therefore do not apply it.
    """
    if not dataset.get("ModalityLUTSequence"):
        return False
    is_projection = text(dataset.get("SOPClassUID")) in PROJECTIONS
    return is_projection and text(dataset.get("PixelIntensityRelationship")) in ("LOG", "DISP")


def modality_lut(dataset: Any) -> Lut | None:
    """Return the modality table of a file, or None if it has none. Raises PermanentError (`input_unreadable`)."""
    item = modality_item(dataset)
    if item is None:
        return None
    count = len(dataset.ModalityLUTSequence)
    if count > 1:  # PS3.3 C.11.1
        raise unreadable(f"The file has {count} modality lookup tables instead of one.")
    named = "modality lookup table"
    return read_lut(element(item, "LUTDescriptor"), element(item, "LUTData"), stored_context(dataset), named)
