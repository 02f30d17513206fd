"""Whether the scans of a DCT-based JPEG are whole: decoders fill in what is missing or damaged, and only warn."""

import re
from typing import Final

import simplejpeg  # pyright: ignore[reportMissingTypeStubs]

from runtime.dicom.parse.guard import unreadable

# What libjpeg says when a scan ends before its last block.
CUT: Final = "premature end"
# What it says of bytes between the last block and the end marker, with which some encoders pad.
LEFT: Final = re.compile(r"(\d+) extraneous bytes before marker 0xd9")
PADDING_MOST: Final = 16  # bytes


def check(stream: bytes) -> None:
    """Raise PermanentError (`input_unreadable`) if a scan of an 8-bit codestream is cut short or damaged.

    That is: it ends before its last block or long after it, or has a code that its tables do not, or a restart marker
    that is not the next one. A change that makes other valid codes is another picture.
    """
    try:
        # At an eighth of its size all of the scan is read, and hardly any of the picture is computed.
        simplejpeg.decode_jpeg(stream, colorspace="GRAY", min_height=1, min_width=1, min_factor=1, strict=True)  # pyright: ignore[reportUnknownMemberType]
    except ValueError as error:
        said = str(error)
        if CUT in said:
            raise unreadable("A frame's JPEG codestream is cut short: the last rows are missing.") from error
        left = LEFT.search(said)
        if left is None or int(left[1]) > PADDING_MOST:
            raise unreadable("A frame's JPEG codestream is damaged within its scan.") from error
