"""Whether values are colours: those of a supplemental palette (PS3.3 C.7.6.19) are, those of a label map are not."""

from typing import Any, Final

from runtime.dicom.parse.guard import unreadable, unsupported
from runtime.dicom.parse.texts import text

LABEL_MAP: Final = "1.2.840.10008.5.1.4.1.1.66.7"
TABLES: Final = ("RedPaletteColorLookupTableData", "SegmentedRedPaletteColorLookupTableData")


def is_supplemental(dataset: Any) -> bool:
    """Tell whether the values from the palette's first one on are colours.

    Only PixelPresentation makes a palette one that counts (PS3.3 C.7.6.19): grey images often carry one to no purpose.

    Raises PermanentError: `input_unreadable` if a file has colours and no palette, `input_unsupported` for enhanced
    palettes.
    """
    presentation = text(dataset.get("PixelPresentation"))
    if text(dataset.get("PhotometricInterpretation")) not in ("MONOCHROME1", "MONOCHROME2"):
        return False
    if dataset.get("EnhancedPaletteColorLookupTableSequence") and presentation != "MONOCHROME":
        raise unsupported("The values are colours of enhanced palettes (PS3.3 C.7.6.23), which is not supported.")
    if presentation not in ("COLOR", "MIXED"):
        return False
    if not any(keyword in dataset for keyword in TABLES):
        raise unreadable(f"The header says PixelPresentation {presentation}, but the file has no palette.")
    return True


def photometric(dataset: Any) -> str:
    """Return what the values are. Those of a label map are numbers of segments, which its palette has colours for."""
    stated = text(dataset.get("PhotometricInterpretation"))
    is_labels = stated == "PALETTE COLOR" and text(dataset.get("SOPClassUID")) == LABEL_MAP
    return "MONOCHROME2" if is_labels else stated
