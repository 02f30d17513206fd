"""A parsed file to its stored values."""

from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from pydicom.encaps import encapsulate
from pydicom.pixels.decoders.base import get_decoder
from pydicom.pixels.processing import convert_color_space
from pydicom.uid import JPEGBaseline8Bit, JPEGExtended12Bit, RLELossless

from runtime.dicom.parse.guard import reading, unreadable
from runtime.dicom.pixels import codestream, jpeg12, jpeg_dct, jpeg_lossless, rle
from runtime.dicom.pixels.bits import cell_values, coded_values
from runtime.dicom.pixels.fragments import Frames
from runtime.dicom.pixels.layout import Layout, layout
from runtime.dicom.pixels.syntax import JPEG, name
from runtime.dicom.tables.palette import coloured
from runtime.errors import PermanentError

jpeg12.install()

Array = NDArray[Any]

# Bits are read in one place, for every syntax: pydicom's own corrections are left out.
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
    found = layout(dataset)
    indices = range(found.frames) if frame is None else [frame]
    try:
        with reading("The pixels"):
            if not found.syntax.is_encapsulated:
                return np.stack([_native(dataset, index, found) for index in indices])
            frames = Frames(dataset, found)
            return np.stack([_encapsulated(dataset, frames[index], found) for index in indices])
    except PermanentError as error:
        message = f"{error.message.removesuffix('.')} (transfer syntax {name(found.syntax)})."
        raise PermanentError(error.code, message) from error


def _native(dataset: Any, index: int, found: Layout) -> Array:
    cells, properties = get_decoder(found.syntax).as_array(dataset, index=index, **RAW)
    if found.floating:
        return cells
    native = cells.astype(cells.dtype.newbyteorder("="), copy=False)
    values = native if found.allocated == 1 else cell_values(native, found.stored, found.high, signed=found.signed)
    return _coloured(values, str(properties["photometric_interpretation"]), dataset, found)


def _encapsulated(dataset: Any, stream: bytes, found: Layout) -> Array:
    if found.syntax == RLELossless:
        cells = rle.decode(stream, found)
        values = cell_values(cells, found.stored, found.high, signed=found.signed)
        return _coloured(values, found.photometric, dataset, found)
    header = codestream.check(stream, found)
    if found.syntax in (JPEGBaseline8Bit, JPEGExtended12Bit) and header.precision == 8:
        jpeg_dct.check(stream)
    allocated = (8 if header.precision <= 8 else 16) if found.syntax in JPEG else found.allocated
    layout_of: dict[str, Any] = {
        "rows": found.rows,
        "columns": found.columns,
        "number_of_frames": 1,
        "samples_per_pixel": found.samples,
        "photometric_interpretation": found.photometric,
        "planar_configuration": 0,  # decoders return the samples of a pixel together, whatever the header says
        "pixel_keyword": "PixelData",
        "bits_allocated": allocated,
        # gdcm aborts the process for JPEG samples of fewer bits than a byte has.
        "bits_stored": max(8, header.precision) if found.syntax in JPEG else header.precision,
        "pixel_representation": 0,
    }
    alone = encapsulate([stream], has_bot=False)
    samples, properties = get_decoder(found.syntax).as_array(alone, index=0, **layout_of, **RAW)
    if header.exact:
        jpeg_lossless.check(stream, samples, header)
    values = coded_values(samples, header.precision, signed=header.signed, exact=header.exact, layout=found)
    return _coloured(values, str(properties["photometric_interpretation"]), dataset, found)


def _coloured(values: Array, photometric: str, dataset: Any, found: Layout) -> Array:
    """Return what is colour as RGB (PS3.3 C.7.6.3.1.2), and grey values as they are."""
    if found.photometric == "PALETTE COLOR":
        return coloured(values, dataset, found)
    if photometric in ("YBR_FULL", "YBR_FULL_422"):
        if values.dtype != np.uint8:
            raise unreadable(f"{photometric} is defined for 8 bits a sample.")
        return convert_color_space(values, photometric, "RGB")
    return values
