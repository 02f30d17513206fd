"""The classes that must be refused: headers that contradict themselves, and what nobody can show."""

from collections.abc import Iterator
from dataclasses import replace

from pydicom.dataset import Dataset

from bench.matrix.case import Build, Case


def _stated(**header: Build) -> dict[str, Build]:
    return header


CHANGES = {
    "high bit beyond the cell": _stated(HighBit=lambda: 16),
    "more bits stored than allocated": _stated(BitsStored=lambda: 17),
    "no bits stored": _stated(BitsStored=lambda: 0),
    "24 bits allocated": _stated(BitsAllocated=lambda: 24),
    "12 bits allocated": _stated(BitsAllocated=lambda: 12, HighBit=lambda: 11, BitsStored=lambda: 12),
    "no rows": _stated(Rows=lambda: 0),
    "twice the rows": _stated(Rows=lambda: 70),
    "twice the frames": _stated(NumberOfFrames=lambda: 2),
    "two samples a pixel": _stated(SamplesPerPixel=lambda: 2),
    "RGB of one sample": _stated(PhotometricInterpretation=lambda: "RGB"),
    "CMYK": _stated(PhotometricInterpretation=lambda: "CMYK", SamplesPerPixel=lambda: 4),
    "HSV": _stated(PhotometricInterpretation=lambda: "HSV", SamplesPerPixel=lambda: 3),
    "YBR_PARTIAL_420": _stated(PhotometricInterpretation=lambda: "YBR_PARTIAL_420", SamplesPerPixel=lambda: 3),
    "a palette without tables": _stated(PhotometricInterpretation=lambda: "PALETTE COLOR"),
    "colours of a supplemental palette without tables": _stated(PixelPresentation=lambda: "COLOR"),
    "enhanced palettes": _stated(
        PixelPresentation=lambda: "COLOR", EnhancedPaletteColorLookupTableSequence=lambda: [Dataset()]
    ),
    "slope 0": _stated(RescaleSlope=lambda: "0", RescaleIntercept=lambda: "0"),
}


def faulty() -> Iterator[Case]:
    """Yield them, of 8 and of 12 bits."""
    for name, header in CHANGES.items():
        case = Case(group="refused", name=name, header=header, refused=True)
        yield replace(case, name=f"{name} (8 bits)")
        yield replace(case, name=f"{name} (12 bits)", allocated=16, stored=12)
