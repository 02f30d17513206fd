"""What a compressed frame says about itself, to compare with the file's header before it is decoded."""

from typing import Final

from runtime.dicom.parse.guard import unreadable
from runtime.dicom.pixels.codestreams import j2k, jpeg, jpeg_xl
from runtime.dicom.pixels.codestreams.frame_header import FrameHeader
from runtime.dicom.pixels.layout import Layout
from runtime.dicom.pixels.syntax import J2K, JPEG_XL

# A blank frame compresses well; beyond this, a small frame asks for memory that no picture needs.
UNCHECKED: Final = 64 << 20  # bytes of a decoded frame
RATIO_MOST: Final = 20_000
GUARD_MOST: Final = 1  # bits that encoders add to those of a sample


def check(stream: bytes, layout: Layout) -> FrameHeader:
    """Return a codestream's own header if it agrees with the file's (PS3.5 8.2).

    Raises PermanentError (`input_unreadable`).
    """
    header = _read(stream, layout)
    if (header.rows, header.columns, header.components) != (layout.rows, layout.columns, layout.samples):
        raise unreadable(
            f"The codestream holds {header.rows} x {header.columns} pixels of {header.components} sample(s), but the "
            f"header says {layout.rows} x {layout.columns} of {layout.samples}."
        )
    if header.precision > layout.allocated:
        raise unreadable(f"The codestream has {header.precision} bits a sample, more than the header allocates.")
    # A writer may have padded the samples; if the code was made of samples of yet other bits, it is damaged.
    coded = header.coded if header.precision != layout.stored else None
    if coded is not None and not header.precision <= coded <= header.precision + GUARD_MOST:
        raise unreadable(
            f"The codestream says that it has {header.precision} bits a sample, but was coded with other ones."
        )
    size = header.rows * header.columns * header.components * layout.allocated // 8
    if len(stream) < header.least or (size > UNCHECKED and size > RATIO_MOST * len(stream)):
        raise unreadable("The codestream is too short to hold the image that it announces.")
    if layout.is_colour and layout.samples == 1 and not header.exact:
        # Its neighbour's number stands for any other colour (PS3.5 8.2.1 allows no palette here).
        raise unreadable("The palette's numbers were coded with loss, so their colours cannot be known.")
    # PS3.5 8.2.4: only these two photometric interpretations stand for the codestream's own transform.
    transformed = layout.photometric in ("YBR_ICT", "YBR_RCT")
    if header.transformed is not None and header.transformed != transformed and layout.photometric.startswith("YBR"):
        raise unreadable(f"The header says {layout.photometric}, which the JPEG 2000 codestream contradicts.")
    return header


def _read(stream: bytes, layout: Layout) -> FrameHeader:
    if layout.syntax in JPEG_XL:
        return jpeg_xl.read(stream, layout.syntax)
    return j2k.read(stream) if layout.syntax in J2K else jpeg.read(stream)
