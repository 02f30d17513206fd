"""Frames to codestreams, with encoders from the registries."""

from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import av
import gdcm
import imagecodecs
import numpy as np
from openjpeg.utils import encode_array
from pydicom.uid import ExplicitVRLittleEndian

from bench.matrix.case import Case
from bench.matrix.file import file_of
from bench.matrix.pictures import Cells

codecs: Any = imagecodecs
Encode = Callable[[Case, Cells], bytes]
# What JPEG XL codestreams were made of, as no second decoder of them was found.
encoded: dict[bytes, Any] = {}


def rle(case: Case, cells: Cells) -> bytes:
    """Encode as PS3.5 annex G has it, with imagecodecs' PackBits, row by row."""
    size = cells.dtype.itemsize
    planes = [cells] if case.samples == 1 else [cells[..., at] for at in range(3)]
    segments: list[bytes] = []
    for plane in planes:
        parts = np.ascontiguousarray(plane.astype(f">u{size}")).view(np.uint8).reshape(case.rows, case.columns, size)
        for at in range(size):
            segment = b"".join(codecs.packbits_encode(row.tobytes()) for row in parts[..., at])
            segments.append(segment + b"\0" * (len(segment) % 2))
    starts = np.cumsum([64, *map(len, segments[:-1])])
    table = np.array([len(segments), *starts, *[0] * (15 - len(segments))], "<u4")
    return table.tobytes() + b"".join(segments)


def jpeg(case: Case, cells: Cells) -> bytes:
    """Encode with libjpeg-turbo: DCT of 8 or 12 bits."""
    if case.samples == 1:
        return codecs.jpeg8_encode(cells, 95, bitspersample=8 if cells.dtype.itemsize == 1 else 12)
    space = "RGB" if case.photometric == "RGB" else "YCBCR"
    return codecs.jpeg8_encode(
        cells, 95, colorspace=space, outcolorspace=space, subsampling=case.code.get("subsampling", "444")
    )


def jpeg_lossless(case: Case, cells: Cells) -> bytes:
    """Encode with libjpeg-turbo, without loss."""
    named = "RGB" if case.photometric == "RGB" else "YCBCR"
    space = {} if case.samples == 1 else {"colorspace": named, "outcolorspace": named}
    predictor = case.code.get("predictor", 1)
    return codecs.jpeg8_encode(cells, lossless=True, predictor=predictor, bitspersample=case.precision, **space)


def jpeg_ls(case: Case, cells: Cells) -> bytes:
    """Encode with FFmpeg in colour, otherwise with CharLS: gdcm's for 9 to 15 bits, imagecodecs' for whole cells."""
    if case.samples == 3:
        return _ffmpeg_ls(cells)
    if "near" in case.code or case.precision not in range(9, 16):
        return codecs.jpegls_encode(cells, case.code.get("near", 0))
    plain = Case(group="", name="", allocated=16, stored=case.stored, rows=case.rows, columns=case.columns)
    with TemporaryDirectory() as folder:
        path = Path(folder) / "native.dcm"
        path.write_bytes(file_of(plain, ExplicitVRLittleEndian, [cells.tobytes()], encapsulated=False))
        return _changed(path, "JPEGLSLossless")


def j2k(case: Case, cells: Cells) -> bytes:
    """Encode with OpenJPEG."""
    return bytes(
        encode_array(
            _signed(case, cells),
            bits_stored=case.precision,
            photometric_interpretation=1 if case.samples == 3 else 2,
            use_mct=case.code.get("transformed", case.photometric == "YBR_RCT"),
        )
    )


def htj2k(case: Case, cells: Cells) -> bytes:
    """Encode with OpenJPH, without loss; its samples have 8 or 16 bits, the codestream those that it is to have."""
    whole = case.precision in (8, 16)
    if whole or case.samples == 3:
        return codecs.htj2k_encode(_signed(case, cells), reversible=True)
    # Signed samples have no level shift (T.800 annex G), so that their bits can be stated afterwards: in Ssiz.
    middle = 0 if case.signed else 1 << (case.precision - 1)
    stream = bytearray(codecs.htj2k_encode(_signed(case, cells).astype(np.int16) - np.int16(middle), reversible=True))
    stream[42] = (case.precision - 1) | (0x80 if case.signed else 0)
    return bytes(stream)


def jpeg_xl(case: Case, cells: Cells) -> bytes:
    """Encode with libjxl, without loss; its samples have no sign."""
    stream = bytes(codecs.jpegxl_encode(cells, lossless=True, effort=1, bitspersample=case.precision))
    encoded[stream] = cells
    return stream


def recompressed(case: Case, cells: Cells) -> bytes:
    """Encode as JPEG, and that as JPEG XL, from which the JPEG can be made again to the byte."""
    stream = jpeg(case, cells)
    made = bytes(codecs.jpegxl_encode_jpeg(stream))
    encoded[made] = stream
    return made


def _signed(case: Case, cells: Cells) -> Cells:
    if not case.signed:
        return cells
    size, spare = cells.dtype.itemsize, 8 * cells.dtype.itemsize - case.precision
    return np.right_shift(np.left_shift(cells, spare).view(f"i{size}"), spare)


def _ffmpeg_ls(cells: Cells) -> bytes:
    context: Any = av.CodecContext.create("jpegls", "w")
    context.height, context.width, context.pix_fmt = *cells.shape[:2], "rgb24"
    context.time_base = Fraction(1, 25)
    frame = av.VideoFrame.from_ndarray(cells, format="rgb24")
    return b"".join(bytes(packet) for packet in [*context.encode(frame), *context.encode(None)])


def _changed(path: Path, syntax: str) -> bytes:
    g: Any = gdcm
    reader = g.ImageReader()
    reader.SetFileName(str(path))
    change = g.ImageChangeTransferSyntax()
    if not reader.Read():
        raise ValueError("gdcm does not read the picture to encode")
    change.SetTransferSyntax(g.TransferSyntax(getattr(g.TransferSyntax, syntax)))
    change.SetInput(reader.GetImage())
    if not change.Change():
        raise ValueError("gdcm does not encode the picture")
    found = change.GetOutput().GetDataElement().GetSequenceOfFragments()
    pieces = (found.GetFragment(index).GetByteValue().GetBuffer() for index in range(found.GetNumberOfFragments()))
    return b"".join(str(piece).encode("utf-8", "surrogateescape") for piece in pieces)
