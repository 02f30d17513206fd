"""A pydicom decoding plugin for 12-bit JPEG Extended: gdcm decodes it, but pydicom's own plugin never asks it to.

pydicom reads the names `is_available`, `DECODER_DEPENDENCIES` and the function given to `add_plugin`.
"""

from typing import Any

import gdcm  # pyright: ignore[reportMissingTypeStubs]
from pydicom.pixels.decoders.base import JPEGExtended12BitDecoder
from pydicom.uid import JPEGExtended12Bit

DECODER_DEPENDENCIES = {JPEGExtended12Bit: ("python-gdcm",)}


def install() -> None:
    """Add the plugin to pydicom's decoder, once."""
    if "gdcm12" not in JPEGExtended12BitDecoder.available_plugins:
        JPEGExtended12BitDecoder.add_plugin("gdcm12", (__name__, "decode_frame"))


def is_available(uid: str) -> bool:
    """Tell pydicom what the plugin decodes."""
    return uid == JPEGExtended12Bit


def decode_frame(source: bytes, runner: Any) -> bytes:
    """Return the decoded frame, 16 bits a sample. Raises RuntimeError if gdcm cannot decode it."""
    g: Any = gdcm
    fragment = g.Fragment()
    fragment.SetByteStringValue(source)
    fragments = g.SequenceOfFragments.New()
    fragments.AddFragment(fragment)
    element = g.DataElement(g.Tag(0x7FE0, 0x0010))
    element.SetValue(fragments.__ref__())
    image = g.Image()
    image.SetNumberOfDimensions(2)
    image.SetDimensions((runner.columns, runner.rows, 1))
    image.SetDataElement(element)
    kind = g.PhotometricInterpretation.GetPIType(runner.photometric_interpretation)
    image.SetPhotometricInterpretation(g.PhotometricInterpretation(kind))
    image.SetTransferSyntax(g.TransferSyntax(g.TransferSyntax.GetTSType(str(runner.transfer_syntax))))
    bits = runner.bits_stored
    image.SetPixelFormat(g.PixelFormat(runner.samples_per_pixel, 16, bits, bits - 1, runner.pixel_representation))
    buffer = image.GetBuffer()
    if buffer is None:
        raise RuntimeError("gdcm cannot decode the frame")
    decoded = str(buffer).encode("utf-8", "surrogateescape")  # gdcm returns bytes as str
    if len(decoded) != runner.rows * runner.columns * runner.samples_per_pixel * 2:
        raise RuntimeError("gdcm decoded a different number of pixels from what the header says")
    return decoded
