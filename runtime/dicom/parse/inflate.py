"""Deflated data sets (PS3.5 A.5), inflated no further than a bound."""

import zlib
from typing import Final

from runtime.dicom.parse.guard import unreadable, unsupported

MOST: Final = 256 << 20  # bytes: a deflated file can expand a thousandfold
STEP: Final = 1 << 20


def inflate(content: memoryview, most: int = MOST, *, whole: bool = True) -> bytearray:
    """Return the inflated bytes; if the stream is not `whole`, as many as it holds.

    Raises PermanentError: `input_unsupported` beyond `most` bytes, `input_unreadable` for a damaged or cut stream.
    """
    stream = zlib.decompressobj(-zlib.MAX_WBITS)
    inflated = bytearray()
    rest: bytes | memoryview = content
    try:
        while not stream.eof:
            step = stream.decompress(rest, STEP)
            if not step and not stream.unconsumed_tail:
                break
            inflated += step
            if len(inflated) > most:
                raise unsupported(f"The deflated file holds more than {most >> 20} MiB.")
            rest = stream.unconsumed_tail
    except zlib.error as error:
        raise unreadable("The deflated file is damaged.") from error
    if whole and not stream.eof:
        raise unreadable("The deflated file is cut short.")
    return inflated
