"""What ITK does not say of a NIfTI file: how long it should be, and which of its values are no finite numbers.

Source: nifti1.h and nifti2.h, https://nifti.nimh.nih.gov.
"""

import gzip
import math
import struct
from pathlib import Path
from typing import Any, BinaryIO, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

LONGEST_HEADER: Final = 540
# Form and place, by the header's size, which names the version, of: sides, type, bits of a value, where the values
# begin, and the factor that they are multiplied by (0: they are not).
FIELDS: Final = {
    348: (("8h", 40), ("h", 70), ("h", 72), ("f", 108), ("f", 112)),
    540: (("8q", 16), ("h", 12), ("h", 14), ("q", 168), ("d", 176)),
}
FLOATS: Final = {16: "f4", 64: "f8"}


class Layout(NamedTuple):
    """How the values of a file are stored: `values` of them, each of so many bits, from the byte `start` on."""

    values: int
    type: int
    bits: int
    start: int
    slope: float
    order: str

    @property
    def end(self) -> int:
        """How long the file is at least."""
        return self.start + self.values * self.bits // 8


def is_nifti(path: Path) -> bool:
    """Return whether a name is that of a NIfTI file with its values."""
    return path.name.lower().endswith((".nii", ".nii.gz"))


def opened(path: Path) -> BinaryIO | gzip.GzipFile:
    """Open the content of a file, compressed or not."""
    return gzip.open(path) if path.name.lower().endswith(".gz") else path.open("rb")


def layout(head: bytes) -> Layout | None:
    """Return what the first `LONGEST_HEADER` bytes say; None if they are no header."""
    for order in "<>":
        size = struct.unpack_from(f"{order}i", head)[0] if len(head) >= 4 else 0
        if size in FIELDS and len(head) >= size:
            sides, *numbers = (struct.unpack_from(order + form, head, place) for form, place in FIELDS[size])
            kind, bits, start, slope = (each[0] for each in numbers)
            count = math.prod(max(1, each) for each in sides[1 : sides[0] + 1])
            return Layout(count, kind, bits, int(start), float(slope), order)
    return None


def with_what_is_not_finite(pixels: NDArray[Any], path: Path, channels: int) -> NDArray[Any]:
    """Return pixels as ITK has read them, with the values back that are not finite: ITK makes them 0 without a word."""
    with opened(path) as file:
        content = file.read()
    stated = layout(content[:LONGEST_HEADER])
    if stated is None or stated.type not in FLOATS or stated.values != pixels.size:
        return pixels
    form = stated.order + FLOATS[stated.type]
    stored = np.frombuffer(content, form, stated.values, stated.start)
    # The first axis changes fastest, and that of the channels slowest.
    stored = (
        stored.reshape(pixels.shape)
        if channels == 1
        else np.moveaxis(stored.reshape(channels, *pixels.shape[:-1]), 0, -1)
    )
    return np.where(np.isfinite(stored), pixels, stored * np.sign(stated.slope or 1)).astype(pixels.dtype)
