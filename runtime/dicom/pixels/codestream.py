"""What a compressed frame says of itself, so that it can be held against the file's header before it is decoded."""

from typing import Final

from runtime.dicom.parse.guard import unreadable
from runtime.dicom.pixels import j2k, jpeg
from runtime.dicom.pixels.frame_header import FrameHeader
from runtime.dicom.pixels.layout import Layout
from runtime.dicom.pixels.syntax import J2K

# A blank frame compresses well; beyond this a small frame asks for memory that no picture needs.
UNCHECKED: Final = 64 << 20  # bytes of a decoded frame
RATIO_MOST: Final = 20_000


def check(stream: bytes, found: Layout) -> FrameHeader:
    """Return what a frame's codestream says, where it agrees with the file's header (PS3.5 8.2).

    Raises PermanentError (`input_unreadable`).
    """
    header = j2k.read(stream) if found.syntax in J2K else jpeg.read(stream)
    if (header.rows, header.columns, header.components) != (found.rows, found.columns, found.samples):
        raise unreadable(
            f"The codestream holds {header.rows} x {header.columns} pixels of {header.components} sample(s) where the "
            f"header says {found.rows} x {found.columns} of {found.samples}."
        )
    if header.precision > found.allocated:
        raise unreadable(f"The codestream has {header.precision} bits a sample, more than the header allocates.")
    size = header.rows * header.columns * header.components * found.allocated // 8
    if len(stream) < header.least or (size > UNCHECKED and size > RATIO_MOST * len(stream)):
        raise unreadable("The codestream is too short to hold the image that it announces.")
    # PS3.5 8.2.4: these two photometric interpretations are those of the codestream's own transform, and no others.
    transformed = found.photometric in ("YBR_ICT", "YBR_RCT")
    if header.transformed is not None and header.transformed != transformed and found.photometric.startswith("YBR"):
        raise unreadable(f"The header says {found.photometric}, which the JPEG 2000 codestream contradicts.")
    return header
