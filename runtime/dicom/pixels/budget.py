"""How much work the pixels of a file may be: what is there, and bounds."""

from typing import Final

from runtime.dicom.parse.guard import unreadable, unsupported
from runtime.dicom.parse.load import PixelElement
from runtime.dicom.pixels.layout import Layout
from runtime.dicom.pixels.syntax import name

FRAMES_MOST: Final = 100_000
FRAME_BYTES_MOST: Final = 512 << 20
BYTES_MOST: Final = 8 << 30
PADDING: Final = 1  # byte, that makes an odd length even, and that some writers leave out at the end of the file
FRAGMENT_LEAST: Final = 10  # bytes of the smallest fragment: its tag, its length and a word


def check_budget(form: Layout, element: PixelElement) -> None:
    """Raise PermanentError if the frames do not fit the pixel data that are there, or are too many or too large."""
    if not (1 <= form.rows <= 65535 and 1 <= form.columns <= 65535):
        raise unreadable(f"An image cannot have {form.rows} rows and {form.columns} columns; both are 1 to 65535.")
    if element.stated is None and not form.is_encapsulated:  # PS3.5 A.4: its bytes are items, not pixels
        raise unreadable(f"The pixels are encapsulated, which their transfer syntax, {name(form.syntax)}, denies.")
    if form.is_encapsulated:
        least = form.frames * FRAGMENT_LEAST
    else:
        least = (form.frame_bits * form.frames + 7) // 8
        step = min(form.rows, form.columns) * form.samples * max(1, form.allocated // 8)
        # A wrong Rows, Columns or NumberOfFrames is off by a row or a column at least; less is padding.
        if element.bytes - least >= max(2, step):
            raise unreadable(f"The file holds {element.bytes} bytes of pixels, but its header says {least}.")
    if element.bytes < least:
        raise unreadable(
            f"The file is cut short or its header is wrong: {form.frames} frame(s) of {form.rows} x {form.columns} "
            f"pixels do not fit into {element.bytes} bytes of {name(form.syntax)}."
        )
    if element.stated is not None and element.stated - element.bytes > PADDING:  # parsers take what is there
        raise unreadable(f"The file is cut short: it says {element.stated} bytes of pixels, and holds {element.bytes}.")
    if form.frames > FRAMES_MOST:
        raise unsupported(f"The file has {form.frames} frames; at most {FRAMES_MOST} are read.")
    size = form.rows * form.columns * form.samples * max(8, form.allocated) // 8
    if size > FRAME_BYTES_MOST:
        raise unsupported(f"A frame of {size >> 20} MiB is larger than the {FRAME_BYTES_MOST >> 20} MiB that are read.")
    if size * form.frames > BYTES_MOST:
        raise unsupported(f"The file's {form.frames} frames are more than the {BYTES_MOST >> 30} GiB that are read.")
