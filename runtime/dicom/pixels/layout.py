"""How a file says its pixels are laid out, checked before any work is done on them."""

from dataclasses import dataclass
from typing import Any, Final

from pydicom.uid import UID

from runtime.dicom.parse.guard import reading, unreadable, unsupported
from runtime.dicom.parse.load import PixelElement, pixel_element
from runtime.dicom.parse.numbers import is_stated, whole
from runtime.dicom.pixels.syntax import check, name

GREY: Final = ("MONOCHROME1", "MONOCHROME2", "PALETTE COLOR")
COLOUR: Final = ("RGB", "YBR_FULL", "YBR_FULL_422", "YBR_ICT", "YBR_RCT")
FRAMES_MOST: Final = 100_000
FRAME_BYTES_MOST: Final = 512 << 20
BYTES_MOST: Final = 8 << 30
FRAGMENT_LEAST: Final = 10  # bytes of the smallest fragment: its tag, its length and a word


@dataclass(frozen=True, slots=True)
class Layout:
    """The Image Pixel module (PS3.3 C.7.6.3) of a file."""

    rows: int
    columns: int
    frames: int
    samples: int
    allocated: int
    stored: int
    high: int
    signed: bool
    photometric: str
    planar: int
    floating: bool
    syntax: UID

    @property
    def dtype(self) -> str:
        """NumPy's name of the type that holds the stored values."""
        kind = "f" if self.floating else "i" if self.signed else "u"
        return f"{kind}{max(1, self.allocated // 8)}"

    @property
    def frame_bits(self) -> int:
        """Bits of one uncompressed frame."""
        bits = self.rows * self.columns * self.samples * self.allocated
        halved = self.photometric == "YBR_FULL_422" and not self.syntax.is_encapsulated
        return bits * 2 // 3 if halved else bits


def frame_count(dataset: Any) -> int:
    """Return how many frames the file says it holds. Raises PermanentError (`input_unreadable`)."""
    stated = dataset.get("NumberOfFrames")
    if not is_stated(stated):
        return 1
    found = whole(stated)
    if found is None:
        raise unreadable("The file's NumberOfFrames is not a number.")
    return max(1, found)


def layout(dataset: Any) -> Layout:
    """Return how the pixels are laid out. Raises PermanentError where that cannot be, or is more than the budget."""
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
    found = Layout(
        rows=_stated(dataset, "Rows"),
        columns=_stated(dataset, "Columns"),
        frames=frame_count(dataset),
        samples=_stated(dataset, "SamplesPerPixel"),
        allocated=allocated,
        stored=stored,
        high=stored - 1 if floating or not is_stated(dataset.get("HighBit")) else _stated(dataset, "HighBit"),
        signed=not floating and _stated(dataset, "PixelRepresentation") == 1,
        photometric=str(dataset.get("PhotometricInterpretation") or "").strip(),
        planar=whole(dataset.get("PlanarConfiguration")) or 0,
        floating=floating,
        syntax=syntax,
    )
    if (
        str(dataset.get("PixelPresentation") or "") in ("COLOR", "MIXED")
        and "RedPaletteColorLookupTableData" in dataset
    ):
        raise unsupported(
            "Some of the values are colours of a supplemental palette (PS3.3 C.7.6.19), which is not read."
        )
    _check_bits(found, element)
    _check_colour(found)
    _check_budget(found, element)
    return found


def _stated(dataset: Any, keyword: str) -> int:
    found = whole(dataset.get(keyword))
    if found is None:
        raise unreadable(f"The file's header has no {keyword}.")
    return found


def _check_bits(found: Layout, element: PixelElement) -> None:
    widths = {"FloatPixelData": (32,), "DoubleFloatPixelData": (64,)}.get(element.keyword, (1, 8, 16, 32, 64))
    if found.allocated not in widths:
        raise unsupported(f"Pixels of {found.allocated} bits allocated cannot be read.")
    # PS3.5 8.1.1: the stored bits lie within the cell, the highest of them at HighBit.
    if not 1 <= found.stored <= found.high + 1 <= found.allocated:
        raise unreadable(
            f"BitsStored {found.stored} with HighBit {found.high} does not fit BitsAllocated {found.allocated}."
        )


def _check_colour(found: Layout) -> None:
    named = found.photometric or "(none)"
    if found.samples not in (1, 3) or found.photometric not in GREY + COLOUR:
        raise unsupported(f"Pixels of {found.samples} samples in {named} cannot be shown.")
    if found.photometric not in (GREY if found.samples == 1 else COLOUR):
        raise unreadable(f"The header says {named} and {found.samples} sample(s) a pixel, which contradict each other.")
    if found.samples == 3 and (found.signed or found.floating or found.allocated not in (8, 16, 32)):
        raise unsupported("Colours are shown of 8, 16 or 32 unsigned bits only.")
    if found.photometric.startswith("YBR_FULL") and found.stored != 8:
        raise unsupported(f"{named} of {found.stored} bits cannot be shown; it is defined for 8 (PS3.3 C.7.6.3.1.2).")
    if found.photometric == "YBR_FULL_422" and found.columns % 2 and not found.syntax.is_encapsulated:
        raise unreadable("YBR_FULL_422 needs an even number of columns.")
    if found.planar not in (0, 1):
        raise unreadable(f"PlanarConfiguration {found.planar} has no meaning.")


def _check_budget(found: Layout, element: PixelElement) -> None:
    if not (1 <= found.rows <= 65535 and 1 <= found.columns <= 65535):
        raise unreadable(f"An image of {found.rows} rows and {found.columns} columns cannot be.")
    if found.syntax.is_encapsulated:
        least = found.frames * FRAGMENT_LEAST
    else:
        least = (found.frame_bits * found.frames + 7) // 8
        step = min(found.rows, found.columns) * found.samples * max(1, found.allocated // 8)
        # A wrong Rows, Columns or NumberOfFrames is off by a row or a column at least; less is padding.
        if element.bytes - least >= max(2, step):
            raise unreadable(f"The file holds {element.bytes} bytes of pixels where its header says {least}.")
    if element.bytes < least:
        raise unreadable(
            f"The file is cut short or its header wrong: {found.frames} frame(s) of {found.rows} x {found.columns} "
            f"pixels are not in {element.bytes} bytes of {name(found.syntax)}."
        )
    if found.frames > FRAMES_MOST:
        raise unsupported(f"{found.frames} frames in a file are more than {FRAMES_MOST}.")
    size = found.rows * found.columns * found.samples * max(8, found.allocated) // 8
    if size > FRAME_BYTES_MOST:
        raise unsupported(f"A frame of {size >> 20} MiB is larger than the {FRAME_BYTES_MOST >> 20} MiB that are read.")
    if size * found.frames > BYTES_MOST:
        raise unsupported(f"The file's {found.frames} frames are more than the {BYTES_MOST >> 30} GiB that are read.")
