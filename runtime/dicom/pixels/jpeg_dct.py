"""Whether the scans of a DCT-based JPEG are whole: decoders fill up what is missing, and say so in a warning only."""

import simplejpeg  # pyright: ignore[reportMissingTypeStubs]

from runtime.dicom.parse.guard import unreadable

# What libjpeg says when a scan ends before its last block; its other warnings are of no harm to the picture.
CUT = "premature end"


def check(stream: bytes) -> None:
    """Raise PermanentError (`input_unreadable`) if a scan of an 8-bit codestream ends before its last block."""
    try:
        # At an eighth of its size: all of the scan is read, the picture is hardly computed.
        simplejpeg.decode_jpeg(stream, colorspace="GRAY", min_height=1, min_width=1, min_factor=1, strict=True)  # pyright: ignore[reportUnknownMemberType]
    except ValueError as error:
        if CUT in str(error):
            raise unreadable("A frame's JPEG codestream is cut short: the last rows are missing.") from error
