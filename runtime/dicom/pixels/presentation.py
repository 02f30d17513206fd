"""Whether a grey image holds colours, too: the values of a supplemental palette (PS3.3 C.7.6.19)."""

from typing import Any, Final

from runtime.dicom.parse.guard import unreadable, unsupported

TABLES: Final = ("RedPaletteColorLookupTableData", "SegmentedRedPaletteColorLookupTableData")


def is_supplemental(dataset: Any) -> bool:
    """Tell whether the values from the palette's first one on are colours.

    Only PixelPresentation makes a palette one that counts (PS3.3 C.7.6.19): grey images often carry one to no purpose.

    Raises PermanentError: `input_unreadable` if a file has colours and no palette, `input_unsupported` for enhanced
    palettes.
    """
    presentation = str(dataset.get("PixelPresentation") or "").strip()
    if dataset.get("PhotometricInterpretation") not in ("MONOCHROME1", "MONOCHROME2"):
        return False
    if dataset.get("EnhancedPaletteColorLookupTableSequence") and presentation != "MONOCHROME":
        raise unsupported("The values are colours of enhanced palettes (PS3.3 C.7.6.23), which is not supported.")
    if presentation not in ("COLOR", "MIXED"):
        return False
    if not any(keyword in dataset for keyword in TABLES):
        raise unreadable(f"The header says PixelPresentation {presentation}, but the file has no palette.")
    return True
