"""Decides from a file's header whether it is an image of which a PACS bucket can hold a copy."""

import mmap
import os
from pathlib import Path
from typing import Any, Final, NamedTuple

from pydicom.uid import UID

from runtime.archive.intake.refused import RefusedFileError
from runtime.archive.pattern import Address
from runtime.dicom.parse.load import HEADER_MOST, has_pixels, load_beginning
from runtime.errors import PermanentError

# Bytes: nearly every header ends within the first step, and a listing reads no header that is longer than the last.
STEPS: Final = (256 << 10, HEADER_MOST)
DICOMDIR: Final = "1.2.840.10008.1.3.10"
UIDS: Final = ("StudyInstanceUID", "SeriesInstanceUID", "SOPInstanceUID")
# S3 takes no larger object in one call.
MOST_BYTES: Final = 5 * 10**9
DELIMITER: Final = b"\xfe\xff\xdd\xe0\x00\x00\x00\x00"  # ends the fragments of compressed pixels


class Image(NamedTuple):
    """An image file, with its identifiers, its size in bytes, and the UID of its SOP class ("" if it has none)."""

    path: Path
    address: Address
    bytes: int
    sop_class: str


def read(path: Path) -> Image:
    """Return what a file is, from its header; raise RefusedFileError with the reason if it cannot be taken."""
    try:
        if not path.is_file():
            raise RefusedFileError("not_readable", _why_no_file(path))
        with path.open("rb") as file:
            size = path.stat().st_size
            if size == 0:
                raise RefusedFileError("empty")
            if size > MOST_BYTES:
                raise RefusedFileError("too_large")
            with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
                dataset = _header(content)
                return Image(path, _address(dataset, content), size, str(dataset.get("SOPClassUID") or "").strip())
    except OSError as error:
        raise RefusedFileError("not_readable", error.strerror or type(error).__name__) from error
    except (RefusedFileError, MemoryError):
        raise
    except Exception as error:  # an element that is asked for may hold anything
        raise RefusedFileError("damaged") from error


def _why_no_file(path: Path) -> str:
    """Return what a path is instead of a file; raise OSError if it is a folder that cannot be listed, or nothing."""
    if path.is_dir():
        os.scandir(path).close()
        return "a link to a folder: give the folder itself"
    path.stat()
    return "not a regular file"


def _header(content: mmap.mmap) -> Any:
    code = "damaged" if content[128:132] == b"DICM" else "not_dicom"
    try:
        for step in STEPS:
            if (dataset := load_beginning(content[:step], len(content))) is not None:
                return dataset
    except PermanentError as error:
        raise RefusedFileError(code) from error
    raise RefusedFileError(code)


def _address(dataset: Any, content: mmap.mmap) -> Address:
    if DICOMDIR in (dataset.get("SOPClassUID"), dataset.file_meta.get("MediaStorageSOPClassUID")):
        raise RefusedFileError("dicomdir")
    if not has_pixels(dataset):
        if "SOPClassUID" not in dataset:
            raise RefusedFileError("damaged")
        is_image = "Rows" in dataset and "Columns" in dataset
        raise RefusedFileError("cut_off" if is_image else "no_image")
    if _is_cut_off(dataset, content):
        raise RefusedFileError("cut_short")
    identifiers = [str(dataset.get(keyword) or "").strip() for keyword in UIDS]
    if missing := [keyword for keyword, value in zip(UIDS, identifiers, strict=True) if not value]:
        raise RefusedFileError("no_identifiers", ", ".join(missing))
    return Address(*identifiers)


def _is_cut_off(dataset: Any, content: mmap.mmap) -> bool:
    syntax = UID(str(dataset.file_meta.TransferSyntaxUID))
    if syntax.is_compressed:  # also deflated: then the pixels need no delimiter
        return not syntax.is_deflated and content.rfind(DELIMITER) < 0
    names = ("Rows", "Columns", "BitsAllocated")
    rows, columns, bits = (int(dataset.get(name) or 0) for name in names)
    samples, frames = int(dataset.get("SamplesPerPixel") or 1), int(dataset.get("NumberOfFrames") or 1)
    return rows * columns * samples * frames * bits // 8 > len(content)
