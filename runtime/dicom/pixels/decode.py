"""A parsed file to its stored values."""

from dataclasses import replace
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from pydicom.encaps import encapsulate
from pydicom.pixels.decoders.base import get_decoder
from pydicom.pixels.processing import convert_color_space
from pydicom.uid import ExplicitVRBigEndian, JPEGBaseline8Bit, RLELossless

from runtime.dicom.parse.guard import reading, unreadable
from runtime.dicom.pixels.bits import cell_values, coded_values
from runtime.dicom.pixels.codestreams import codestream, jp2, jpeg, jpeg12, jpeg_xl, rle, whole
from runtime.dicom.pixels.codestreams.fragments import Frames
from runtime.dicom.pixels.codestreams.frame_header import FrameHeader
from runtime.dicom.pixels.layout import Layout
from runtime.dicom.pixels.read_layout import layout
from runtime.dicom.pixels.syntax import J2K, JPEG, JPEG_XL, name
from runtime.dicom.tables.palette import coloured
from runtime.errors import PermanentError

jpeg12.install()

Array = NDArray[Any]

# Bits are read in one place, for every syntax: pydicom's own corrections are switched off.
RAW: Final[dict[str, Any]] = {
    "raw": True,
    "correct_unused_bits": False,
    "apply_j2k_sign_correction": False,
    "apply_jls_sign_correction": False,
    "allow_excess_frames": False,
}


def decode(dataset: Any, frame: int | None = None) -> Array:
    """Return stored values of shape (P, M, N), or colours of shape (P, M, N, 3): all frames, or `frame` (from 0) alone.

    Colours are RGB, of the bits that the file stores; those of a palette have 8.

    Raises PermanentError: `input_unreadable`, `input_unsupported`.
    """
    form = layout(dataset)
    indices = range(form.frames) if frame is None else [frame]
    try:
        with reading("The pixels"):
            if not form.is_encapsulated:
                return np.stack([_native(dataset, index, form) for index in indices])
            frames = Frames(dataset, form)
            return np.stack([_encapsulated(dataset, frames[index], form) for index in indices])
    except PermanentError as error:
        message = f"{error.message.removesuffix('.')} (transfer syntax {name(form.syntax)})."
        raise PermanentError(error.code, message) from error


def _native(dataset: Any, index: int, form: Layout) -> Array:
    if form.allocated == 1:
        return _coloured(_single_bits(dataset, index, form), form.photometric, dataset, form)
    # As they were read: without spaces around them, and numbers whatever their VR is.
    read = {"photometric_interpretation": form.photometric, "rows": form.rows, "columns": form.columns}
    read |= {"number_of_frames": form.frames, "samples_per_pixel": form.samples, "bits_allocated": form.allocated}
    if not form.floating:
        read |= {"bits_stored": form.stored, "pixel_representation": int(form.signed)}
    if form.samples > 1:
        read["planar_configuration"] = form.planar
    options: dict[str, Any] = {**RAW, **read}
    cells, properties = get_decoder(form.syntax).as_array(dataset, index=index, **options)
    if form.floating:
        return cells
    native = cells.astype(cells.dtype.newbyteorder("="), copy=False)
    values = cell_values(native, form.stored, form.high, signed=form.signed)
    return _coloured(values, str(properties["photometric_interpretation"]), dataset, form)


def _single_bits(dataset: Any, index: int, form: Layout) -> Array:
    """Return a frame of single bits, the first of them lowest in its byte (PS3.5 8.1.1).

    Frames follow one another without a gap, so that most begin within a byte.
    """
    element = dataset["PixelData"]
    content = np.frombuffer(element.value, np.uint8)
    if form.syntax == ExplicitVRBigEndian and element.VR == "OW":
        content = content[: len(content) // 2 * 2].view(">u2").astype("<u2").view(np.uint8)
    first, count = index * form.frame_bits, form.frame_bits
    bits = np.unpackbits(content[first // 8 : (first + count + 7) // 8], bitorder="little")
    values = bits[first % 8 :][:count].reshape(form.rows, form.columns)
    return -values.view(np.int8) if form.signed else values


def _encapsulated(dataset: Any, stream: bytes, form: Layout) -> Array:
    if form.syntax == RLELossless:
        cells = rle.decode(stream, form)
        values = cell_values(cells, form.stored, form.high, signed=form.signed)
        return _coloured(values, form.photometric, dataset, form)
    if form.syntax in J2K:
        stream = jp2.codestream(stream, form.photometric)
    header = codestream.check(stream, form)
    if form.syntax in JPEG_XL:
        return _jpeg_xl(dataset, stream, form, header)
    if form.syntax in JPEG:
        stream = jpeg.of_known_version(stream)
    allocated = (8 if header.precision <= 8 else 16) if form.syntax in JPEG else form.allocated
    layout_of: dict[str, Any] = {
        "rows": form.rows,
        "columns": form.columns,
        "number_of_frames": 1,
        "samples_per_pixel": form.samples,
        # what the codestream says of its colours is so: a header often keeps what it said before they were encoded
        "photometric_interpretation": header.colours or form.photometric,
        "planar_configuration": 0,  # decoders return the samples of a pixel together, whatever the header says
        "pixel_keyword": "PixelData",
        "bits_allocated": allocated,
        # gdcm aborts the process for JPEG samples of fewer bits than a byte has.
        "bits_stored": max(8, header.precision) if form.syntax in JPEG else header.precision,
        "pixel_representation": 0,
    }

    def decode_alone(code: bytes) -> tuple[Array, Any]:
        alone = encapsulate([code], has_bot=False)
        return get_decoder(form.syntax).as_array(alone, index=0, **layout_of, **RAW)

    samples, properties = whole.decoded(stream, header, form, decode_alone)
    values = coded_values(samples, header.precision, signed=header.signed, exact=header.exact, layout=form)
    return _coloured(values, str(properties["photometric_interpretation"]), dataset, form)


def _jpeg_xl(dataset: Any, stream: bytes, form: Layout, header: FrameHeader) -> Array:
    """Return a frame's values: of a JPEG that was recompressed, what JPEG's own decoder makes of it."""
    recompressed = jpeg_xl.recompressed(stream)
    if recompressed is not None:
        return _encapsulated(dataset, recompressed, replace(form, syntax=JPEGBaseline8Bit))
    samples = jpeg_xl.decode(stream, header, form)
    values = coded_values(samples, header.precision, signed=header.signed, exact=header.exact, layout=form)
    return _coloured(values, form.photometric, dataset, form)


def _coloured(values: Array, photometric: str, dataset: Any, form: Layout) -> Array:
    """Return colours as RGB (PS3.3 C.7.6.3.1.2), and grey values as they are."""
    if form.photometric == "PALETTE COLOR":
        return coloured(values, dataset, form)
    if photometric in ("YBR_FULL", "YBR_FULL_422"):
        if values.dtype != np.uint8:
            raise unreadable(f"{photometric} is defined for 8 bits a sample.")
        return convert_color_space(values, photometric, "RGB")
    return values
