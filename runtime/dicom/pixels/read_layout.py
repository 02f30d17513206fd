"""Reads from a header how pixels are laid out, and checks it before any work is done on them."""

from typing import Any, Final

from pydicom.uid import UID

from runtime.dicom.parse.guard import reading, unreadable, unsupported
from runtime.dicom.parse.load import PixelElement, pixel_element
from runtime.dicom.parse.numbers import is_stated, whole
from runtime.dicom.pixels.budget import check_budget
from runtime.dicom.pixels.layout import Layout
from runtime.dicom.pixels.presentation import is_supplemental, photometric
from runtime.dicom.pixels.syntax import J2K, JPEG_XL, check

GREY: Final = ("MONOCHROME1", "MONOCHROME2", "PALETTE COLOR")
COLOUR: Final = ("RGB", "YBR_FULL", "YBR_FULL_422", "YBR_ICT", "YBR_RCT", "XYB")


def frame_count(dataset: Any) -> int:
    """Return how many frames the file says it holds. Raises PermanentError (`input_unreadable`)."""
    stated = dataset.get("NumberOfFrames")
    if not is_stated(stated):
        return 1
    count = whole(stated)
    if count is None:
        raise unreadable("The file's NumberOfFrames is not a whole number.")
    if count < 0:
        raise unreadable(f"The file says that it holds {count} frames.")
    return max(1, count)


def layout(dataset: Any) -> Layout:
    """Return how the pixels are laid out. Raises PermanentError if that is impossible, or beyond the budget."""
    with reading("The file's header"):
        return _layout(dataset)


def _layout(dataset: Any) -> Layout:
    element = pixel_element(dataset)
    if element is None:
        raise unreadable("The input is a DICOM object without pixels.")
    syntax = UID(str(dataset.file_meta.TransferSyntaxUID))
    check(syntax)
    floating = element.keyword != "PixelData"
    allocated = _stated(dataset, "BitsAllocated")
    stored = allocated if floating else _stated(dataset, "BitsStored")
    form = Layout(
        rows=_stated(dataset, "Rows"),
        columns=_stated(dataset, "Columns"),
        frames=frame_count(dataset),
        samples=_stated(dataset, "SamplesPerPixel"),
        allocated=allocated,
        stored=stored,
        high=stored - 1 if floating or not is_stated(dataset.get("HighBit")) else _stated(dataset, "HighBit"),
        signed=not floating and _stated(dataset, "PixelRepresentation") == 1,
        photometric=photometric(dataset),
        planar=whole(dataset.get("PlanarConfiguration")) or 0,
        floating=floating,
        syntax=syntax,
        supplemental=is_supplemental(dataset),
    )
    if not form.floating and _stated(dataset, "PixelRepresentation") not in (0, 1):
        raise unreadable("The header's PixelRepresentation is neither 0 nor 1, so the sign of the values is unknown.")
    _check_bits(form, element)
    _check_colour(form)
    if form.samples == 3 and not form.is_encapsulated and not is_stated(dataset.get("PlanarConfiguration")):
        # PS3.3 C.7.6.3.1.3: required, and either guess shows a picture.
        raise unreadable("The header does not say how the samples of a colour lie (PlanarConfiguration).")
    check_budget(form, element)
    return form


def _stated(dataset: Any, keyword: str) -> int:
    value = whole(dataset.get(keyword))
    if value is None:
        raise unreadable(f"The file's header has no {keyword}.")
    return value


def _check_bits(form: Layout, element: PixelElement) -> None:
    widths = {"FloatPixelData": (32,), "DoubleFloatPixelData": (64,)}.get(element.keyword, (1, 8, 16, 32, 64))
    if form.allocated not in widths:
        known = ", ".join(map(str, widths))
        raise unsupported(f"Pixels of {form.allocated} allocated bits cannot be read; BitsAllocated can be {known}.")
    # PS3.5 8.1.1: the stored bits lie within the cell, the highest of them at HighBit.
    if not 1 <= form.stored <= form.high + 1 <= form.allocated:
        raise unreadable(
            f"BitsStored {form.stored} with HighBit {form.high} does not fit BitsAllocated {form.allocated}."
        )


def _check_colour(form: Layout) -> None:
    named = form.photometric or "(none)"
    if form.samples not in (1, 3) or form.photometric not in GREY + COLOUR:
        raise unsupported(f"Pixels of {form.samples} samples in {named} cannot be shown.")
    if form.photometric not in (GREY if form.samples == 1 else COLOUR):
        raise unreadable(f"The header says {named} and {form.samples} sample(s) a pixel, which contradict each other.")
    if form.samples == 3 and (form.signed or form.floating or form.allocated not in (8, 16, 32)):
        raise unsupported("Colours can be shown only if they have 8, 16 or 32 unsigned bits a sample.")
    if form.photometric.startswith("YBR_FULL") and form.stored != 8:
        raise unsupported(f"{named} of {form.stored} bits cannot be shown; it is defined for 8 (PS3.3 C.7.6.3.1.2).")
    if form.photometric == "YBR_FULL_422" and form.columns % 2 and not form.is_encapsulated:
        raise unreadable("YBR_FULL_422 needs an even number of columns.")
    if form.photometric == "YBR_FULL_422" and form.planar == 1 and not form.is_encapsulated:
        raise unreadable("YBR_FULL_422 has the samples of two pixels together, which PlanarConfiguration 1 denies.")
    if form.photometric in ("YBR_ICT", "YBR_RCT") and form.syntax not in J2K:
        # PS3.3 C.7.6.3.1.2, PS3.5 8.2.4: decoders of JPEG 2000 undo them. Whether that was done here, nothing says.
        raise unreadable(f"The header says {named}, which is defined for JPEG 2000 only: the colours cannot be known.")
    if form.photometric == "XYB" and form.syntax not in JPEG_XL:
        raise unreadable("The header says XYB, which is defined for JPEG XL only: the colours cannot be known.")
    if form.planar not in (0, 1):
        raise unreadable(f"PlanarConfiguration {form.planar} has no meaning.")
