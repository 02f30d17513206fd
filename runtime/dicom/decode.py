"""One DICOM file to its stored values; what a codec raises becomes `input_unreadable`, naming the transfer syntax."""

import logging
import warnings
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from pydicom import config, dcmread  # pyright: ignore[reportUnknownVariableType]
from pydicom.errors import InvalidDicomError
from pydicom.pixels.processing import apply_color_lut
from pydicom.pixels.utils import pixel_array
from pydicom.uid import UID, ExplicitVRLittleEndian, ImplicitVRLittleEndian

from runtime.dicom import jpeg12
from runtime.errors import PermanentError

jpeg12.install()

# pydicom's warnings quote the values of elements, which may be the patient's: they belong in no log.
config.settings.reading_validation_mode = config.IGNORE
logging.getLogger("pydicom").setLevel(logging.CRITICAL + 1)
warnings.filterwarnings("ignore", module="pydicom")

Array = NDArray[Any]

PIXEL_KEYWORDS = ("PixelData", "FloatPixelData", "DoubleFloatPixelData")


def load(file: Path | bytes, *, header_only: bool = False) -> Any:
    """Parse a DICOM file; a file without the preamble is accepted where it holds an image.

    Raises PermanentError (`input_unreadable`) where it is no DICOM file.
    """
    try:
        try:
            dataset: Any = dcmread(_open(file), stop_before_pixels=header_only)
        except InvalidDicomError:
            dataset = dcmread(_open(file), stop_before_pixels=header_only, force=True)
            if "Rows" not in dataset or "Columns" not in dataset:
                raise
        if "TransferSyntaxUID" not in dataset.file_meta:
            implicit, _ = dataset.original_encoding
            dataset.file_meta.TransferSyntaxUID = ImplicitVRLittleEndian if implicit else ExplicitVRLittleEndian
        return dataset
    except Exception as error:  # the parser meets arbitrary bytes: it raises whatever they provoke
        if isinstance(error, MemoryError | OSError) and not isinstance(error, EOFError):
            raise
        raise PermanentError("input_unreadable", "The input is not a DICOM file.") from error


def _open(file: Path | bytes) -> Any:
    return BytesIO(file) if isinstance(file, bytes) else file


def has_pixels(dataset: Any) -> bool:
    """Tell an image from a report, a presentation state and the like."""
    return any(keyword in dataset for keyword in PIXEL_KEYWORDS)


def frame_count(dataset: Any) -> int:
    """Return how many frames the file says it holds."""
    try:
        return max(1, int(dataset.get("NumberOfFrames") or 1))
    except (TypeError, ValueError) as error:
        raise PermanentError("input_unreadable", "The file's NumberOfFrames is not a number.") from error


def decode(dataset: Any, frame: int | None = None) -> Array:
    """Return stored values of shape (P, M, N), or RGB of shape (P, M, N, 3): all frames, or `frame` (from 0) alone.

    Raises PermanentError (`input_unreadable`).
    """
    if not has_pixels(dataset):
        raise PermanentError("input_unreadable", "The input is a DICOM object without pixels.")
    try:
        values: Array = pixel_array(dataset, index=frame)
        colour = int(dataset.get("SamplesPerPixel") or 1) > 1
        if dataset.get("PhotometricInterpretation") == "PALETTE COLOR":
            values = _palette(values, dataset)
            colour = True
    except MemoryError:
        raise
    except Exception as error:  # codecs raise whatever they like
        raise PermanentError(
            "input_unreadable",
            f"The pixels cannot be decoded from transfer syntax {syntax(dataset)}.",
        ) from error
    return values if values.ndim == (4 if colour else 3) else values[np.newaxis]


def syntax(dataset: Any) -> str:
    """Return the transfer syntax's name and UID."""
    uid = dataset.file_meta.get("TransferSyntaxUID") if getattr(dataset, "file_meta", None) is not None else None
    if not uid:
        return "(none given)"
    name = UID(uid).name
    return str(uid) if name == uid else f"{name} ({uid})"


def _palette(values: Array, dataset: Any) -> Array:
    coloured: Array = apply_color_lut(values, dataset)[..., :3]
    # Palettes hold 16-bit entries of which displays take the upper byte.
    return (coloured >> 8).astype(np.uint8) if coloured.dtype == np.uint16 else coloured
