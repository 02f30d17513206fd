"""Whether the scans of a DCT-based JPEG are whole: decoders fill in what is missing, and only warn."""

import simplejpeg  # pyright: ignore[reportMissingTypeStubs]

from runtime.dicom.parse.guard import unreadable

# What libjpeg says when a scan ends before its last block; its other warnings do not affect the picture.
CUT = "premature end"


def check(stream: bytes) -> None:
    """Raise PermanentError (`input_unreadable`) if a scan of an 8-bit codestream ends before its last block."""
    try:
        # At an eighth of its size all of the scan is read, and hardly any of the picture is computed.
        simplejpeg.decode_jpeg(stream, colorspace="GRAY", min_height=1, min_width=1, min_factor=1, strict=True)  # pyright: ignore[reportUnknownMemberType]
    except ValueError as error:
        if CUT in str(error):
            raise unreadable("A frame's JPEG codestream is cut short: the last rows are missing.") from error
