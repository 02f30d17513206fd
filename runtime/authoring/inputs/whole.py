"""Whether a file is as long as it says: of those that are cut off, ITK reads some and fills up with any values."""

import gzip
import struct
import zlib
from pathlib import Path
from typing import BinaryIO, Final

from runtime.authoring.inputs.nifti import LONGEST_HEADER, is_nifti, layout, opened

CHUNK: Final = 1 << 20


def lack_of(path: Path) -> str:
    """Return what a file lacks, in words; empty if nothing is known to be missing."""
    name = path.name.lower()
    try:
        if is_nifti(path):
            with opened(path) as content:
                return _nifti(content)
        with path.open("rb") as content:
            if name.endswith((".jpg", ".jpeg")):
                whole = content.read()
                return "" if whole.rfind(b"\xff\xd9") > whole.rfind(b"\xff\xda") else "it has no end of its image"
            if name.endswith(".bmp"):
                head = content.read(6)
                stated = struct.unpack_from("<I", head, 2)[0] if len(head) == 6 else CHUNK
                return _short(stated, path.stat().st_size)
    except (EOFError, gzip.BadGzipFile, zlib.error) as error:
        return str(error).rstrip(".")
    return ""


def _nifti(content: BinaryIO | gzip.GzipFile) -> str:
    head = content.read(LONGEST_HEADER)
    there = len(head)
    while chunk := content.read(CHUNK):
        there += len(chunk)
    stated = layout(head)
    return "" if stated is None else _short(stated.end, there)  # of what is no header, ITK says what is wrong with it


def _short(stated: int, there: int) -> str:
    return f"it has {there} of {stated} bytes" if there < stated else ""
