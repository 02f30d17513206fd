"""What every codestream says about its frame."""

import re
from dataclasses import dataclass
from typing import Final

from runtime.dicom.parse.guard import unreadable

# An end marker, padding, and the beginning of JPEG or JPEG 2000: none of these bytes follow one another within a code.
NEXT: Final = re.compile(rb"\xff\xd9\0*\xff(?:\xd8\xff|\x4f\xff\x51)")


@dataclass(frozen=True, slots=True)
class FrameHeader:
    """A codestream's own header.

    Parameters
    ----------
    rows, columns, components : size, and samples of a pixel.
    precision : bits of a sample.
    signed : whether samples are signed.
    exact : whether the code is lossless.
    transformed : whether the decoder undoes a luminance-chrominance transform (JPEG 2000); None for other codes.
    least : the fewest bytes that such a frame can have.
    unbounded : whether the code's last part does not say how long it is (JPEG 2000).
    coded : bits that the code itself has for the lowest frequencies (JPEG 2000 without loss); None of other codes.
    colours : "RGB" or "YBR_FULL" if a JPEG codestream says which its samples are, else None.
    """

    rows: int
    columns: int
    components: int
    precision: int
    signed: bool = False
    exact: bool = True
    transformed: bool | None = None
    least: int = 0
    colours: str | None = None
    unbounded: bool = False
    coded: int | None = None


def check_alone(stream: bytes, start: int) -> None:
    """Refuse a frame with a second codestream after `start`, of which no decoder tells (PS3.5 A.4: each is a frame).

    Raises PermanentError (`input_unreadable`).
    """
    if NEXT.search(stream, start):
        raise unreadable("A frame holds more than one codestream.")
