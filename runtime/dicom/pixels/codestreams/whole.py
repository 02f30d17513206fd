"""Frames decoded as a whole or not at all: decoders fill in what a codestream lacks, and most say nothing."""

from collections.abc import Callable
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from runtime.dicom.parse.guard import unreadable
from runtime.dicom.pixels.codestreams import j2k, jpeg, jpeg_dct, jpeg_lossless, jpeg_restarts
from runtime.dicom.pixels.codestreams.frame_header import FrameHeader
from runtime.dicom.pixels.layout import Layout
from runtime.dicom.pixels.syntax import JPEG

Decoded = tuple[NDArray[Any], Any]
# Two that differ in every bit: a decoder makes at most one of them into what it fills in by itself.
FURTHER: Final = (b"\xaa" * 64, b"\x55" * 64)


def decoded(stream: bytes, header: FrameHeader, form: Layout, decode: Callable[[bytes], Decoded]) -> Decoded:
    """Return what `decode` makes of a codestream. Raises PermanentError (`input_unreadable`) if it is cut short."""
    if form.syntax not in JPEG:
        found = decode(stream)  # the decoders of JPEG-LS and JPEG 2000 refuse a code that ends within their data
        if header.unbounded:
            _check_packets(stream, found[0], decode)
        return found
    jpeg_restarts.check(stream)
    if header.precision == 8 and not header.exact:
        jpeg_dct.check(stream)
        return decode(stream)
    found = decode(stream)
    if not (header.exact and jpeg_lossless.check(stream, found[0], header)):
        _check_further(stream, found[0], decode)
    return found


def _check_packets(stream: bytes, samples: NDArray[Any], decode: Callable[[bytes], Decoded]) -> None:
    """Refuse a JPEG 2000 code that was cut between two packets, which decoders take for one of less detail."""
    for further in FURTHER:
        try:
            longer, _ = decode(j2k.lengthened(stream, further))
        except MemoryError:
            raise
        except Exception:  # they are no packet: a decoder that has all packets does not read them
            longer = None
        if longer is None or not np.array_equal(longer, samples):
            raise unreadable("A frame's JPEG 2000 codestream is cut short: it lacks packets.")


def _check_further(stream: bytes, samples: NDArray[Any], decode: Callable[[bytes], Decoded]) -> None:
    for further in FURTHER:
        try:
            longer, _ = decode(jpeg.lengthened(stream, further))
        except Exception:  # gdcm takes two warnings for an error: a scan with one already is refused if it is cut
            return
        if not np.array_equal(longer, samples):
            raise unreadable("A frame's JPEG codestream is cut short: the last pixels of a scan are missing.")
