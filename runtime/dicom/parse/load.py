"""A DICOM file to a parsed data set."""

import logging
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any, Final

from pydicom import config
from pydicom.dataset import FileDataset
from pydicom.errors import InvalidDicomError
from pydicom.filereader import (
    _read_file_meta_info,  # pyright: ignore[reportPrivateUsage] - to know the syntax before anything is inflated
    read_dataset,
    read_partial,
    read_preamble,
)
from pydicom.uid import (
    DeflatedExplicitVRLittleEndian,
    ExplicitVRBigEndian,
    ExplicitVRLittleEndian,
    ImplicitVRLittleEndian,
)

from runtime.dicom.parse.elements import PIXELS, Elements
from runtime.dicom.parse.guard import reading, unreadable
from runtime.dicom.parse.inflate import MOST, inflate
from runtime.dicom.parse.items import check_meta
from runtime.dicom.parse.sequence import UNDEFINED

# pydicom's warnings quote the values of elements, which may be the patient's: they must not reach a log.
config.settings.reading_validation_mode = config.IGNORE
logging.getLogger("pydicom").setLevel(logging.CRITICAL + 1)
warnings.filterwarnings("ignore", module="pydicom")

HEADER_MOST: Final = 32 << 20  # bytes of a header, inflated


@dataclass(frozen=True, slots=True)
class PixelElement:
    """The element that holds the pixels, and how many bytes it has.

    If only the header was read, these are the bytes that the file has from there on, or at most, if it is deflated.
    `stated` is its length field, None if that is undefined.
    """

    keyword: str
    bytes: int
    stated: int | None = None


def load(file: Path | bytes, *, header_only: bool = False) -> Any:
    """Parse a DICOM file; a file without the preamble is accepted if it holds an image.

    Raises PermanentError: `input_unreadable` if it is not a DICOM file.
    """
    content = file if isinstance(file, bytes) else file.read_bytes()
    with reading("The input"):
        dataset, reached = _parse(content, len(content), header_only=header_only)
        if reached and not len(dataset):
            # pydicom gives up all elements if the last one does not end
            raise unreadable("The file is cut short: its pixels do not end.")
        keyword = None if header_only else next((each for each in PIXELS.values() if each in dataset), None)
        if keyword is not None:
            held = len(dataset[keyword].value or b"")
            dataset.pixel_element = PixelElement(keyword, held, dataset.pixel_element.stated)
        return dataset


def load_beginning(content: bytes, size: int) -> Any | None:
    """Parse the header of a file of `size` bytes from its beginning; None if more is needed.

    A header is whole only if the parser reached the pixels, or the file's end: what was cut off looks absent.

    Raises PermanentError (`input_unreadable`).
    """
    is_whole = len(content) >= size
    try:
        with reading("The input"):
            dataset, reached = _parse(content, size, header_only=True)
    except Exception:
        if is_whole:
            raise
        return None
    return dataset if is_whole or reached else None


def pixel_element(dataset: Any) -> PixelElement | None:
    """Return the element that holds the pixels; None for a report, a presentation state and the like."""
    return getattr(dataset, "pixel_element", None)


def has_pixels(dataset: Any) -> bool:
    """Return whether the data set is an image: whether it has pixels."""
    return pixel_element(dataset) is not None


def _parse(content: bytes, size: int, *, header_only: bool) -> tuple[Any, bool]:
    reached: list[PixelElement] = []
    elements = Elements()
    check_meta(content)

    def at_pixels(file: BytesIO, size: int) -> Callable[[int, str | None, int], bool]:
        def stop(tag: int, vr: str | None, length: int) -> bool:
            elements.take(int(tag), vr, length, file)
            if int(tag) not in PIXELS:
                return False
            stated, most = None if length == UNDEFINED else length, max(0, size - file.tell())
            reached.append(PixelElement(PIXELS[int(tag)], most if stated is None else min(stated, most), stated))
            return header_only

        return stop

    file = BytesIO(content)
    try:
        dataset = _inflated(content, size, at_pixels, header_only=header_only) or read_partial(
            file, stop_when=at_pixels(file, size)
        )
    except InvalidDicomError:
        file.seek(0)
        dataset = read_partial(file, stop_when=at_pixels(file, size), force=True)
        if "Rows" not in dataset or "Columns" not in dataset:
            raise unreadable("The input is not a DICOM file.") from None
    elements.check_items(little=dataset.original_encoding[1] is not False, whole=bool(reached))
    if "TransferSyntaxUID" not in dataset.file_meta:
        implicit, little = dataset.original_encoding
        explicit = ExplicitVRLittleEndian if little else ExplicitVRBigEndian
        dataset.file_meta.TransferSyntaxUID = ImplicitVRLittleEndian if implicit else explicit
    dataset.pixel_element = reached[0] if reached else None
    return dataset, bool(reached)


def _inflated(content: bytes, size: int, at_pixels: Any, *, header_only: bool) -> Any | None:
    file: Any = BytesIO(content)
    preamble = read_preamble(file, force=False)
    meta = _read_file_meta_info(file)
    if meta.get("TransferSyntaxUID") != DeflatedExplicitVRLittleEndian:
        return None
    rest = memoryview(content)[file.tell() :]
    inflated = BytesIO(inflate(rest, HEADER_MOST if header_only else MOST, whole=len(content) >= size))
    # From here on the file is one of Explicit VR Little Endian, whatever its label says (PS3.5 A.5).
    stop = at_pixels(inflated, MOST)  # inflated, the pixels have more bytes than the file
    elements = read_dataset(inflated, is_implicit_VR=False, is_little_endian=True, stop_when=stop)
    dataset = FileDataset(inflated, elements, preamble, meta, is_implicit_VR=False, is_little_endian=True)
    dataset.set_original_encoding(False, True, elements._character_set)  # pyright: ignore[reportPrivateUsage]
    return dataset
