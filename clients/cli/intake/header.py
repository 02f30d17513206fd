"""Decides from a file's header whether it is an image of which a PACS bucket can hold a copy."""

import mmap
from pathlib import Path
from typing import Any, Final, NamedTuple

from pydicom.uid import UID

from runtime.archive.pattern import Address
from runtime.dicom.parse.load import has_pixels, load, load_beginning
from runtime.errors import PermanentError

FIRST_BYTES: Final = 256 << 10  # holds nearly every header
DICOMDIR: Final = "1.2.840.10008.1.3.10"
UIDS: Final = ("StudyInstanceUID", "SeriesInstanceUID", "SOPInstanceUID")
# S3 takes no larger object in one call.
MOST_BYTES: Final = 5 * 10**9
DELIMITER: Final = b"\xfe\xff\xdd\xe0\x00\x00\x00\x00"  # ends the fragments of compressed pixels


class RefusedFileError(Exception):
    """A file that is not taken; the message is the reason, in words that other files may share."""


class Image(NamedTuple):
    """An image file, with its identifiers and its size in bytes."""

    path: Path
    address: Address
    bytes: int


def read(path: Path) -> Image:
    """Return what a file is, from its header; raise RefusedFileError with the reason if it cannot be taken."""
    try:
        with path.open("rb") as file:
            size = path.stat().st_size
            if size == 0:
                raise RefusedFileError("empty")
            if size > MOST_BYTES:
                raise RefusedFileError("larger than 5 GB")
            with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
                dataset = _header(content)
                return Image(path, _address(dataset, content), size)
    except OSError as error:
        raise RefusedFileError(f"cannot be read ({error.strerror or type(error).__name__})") from error


def _header(content: mmap.mmap) -> Any:
    try:
        return load_beginning(content[:FIRST_BYTES], len(content)) or load(content[:], header_only=True)
    except PermanentError as error:
        is_dicom = content[128:132] == b"DICM"
        raise RefusedFileError("a damaged DICOM file" if is_dicom else "not a DICOM file") from error


def _address(dataset: Any, content: mmap.mmap) -> Address:
    if DICOMDIR in (dataset.get("SOPClassUID"), dataset.file_meta.get("MediaStorageSOPClassUID")):
        raise RefusedFileError("a DICOMDIR, which lists files and is no image")
    if not has_pixels(dataset):
        if "SOPClassUID" not in dataset:
            raise RefusedFileError("a damaged DICOM file")
        is_image = "Rows" in dataset and "Columns" in dataset
        raise RefusedFileError("cut off: the pixels are missing" if is_image else "no image (a report, a plan, ...)")
    if _is_cut_off(dataset, content):
        raise RefusedFileError("cut off: not all of the pixels are there")
    identifiers = [str(dataset.get(keyword) or "").strip() for keyword in UIDS]
    if missing := [keyword for keyword, value in zip(UIDS, identifiers, strict=True) if not value]:
        raise RefusedFileError(f"without {', '.join(missing)}")
    return Address(*identifiers)


def _is_cut_off(dataset: Any, content: mmap.mmap) -> bool:
    if UID(str(dataset.file_meta.TransferSyntaxUID)).is_compressed:  # also deflated: then the pixels need no delimiter
        return not UID(str(dataset.file_meta.TransferSyntaxUID)).is_deflated and content.rfind(DELIMITER) < 0
    names = ("Rows", "Columns", "BitsAllocated")
    rows, columns, bits = (int(dataset.get(name) or 0) for name in names)
    samples, frames = int(dataset.get("SamplesPerPixel") or 1), int(dataset.get("NumberOfFrames") or 1)
    return rows * columns * samples * frames * bits // 8 > len(content)
