"""Whether a file is as long as it says: of those that are cut off, ITK reads some and fills up with any values."""

import gzip
import math
import struct
import zlib
from pathlib import Path
from typing import BinaryIO, Final

CHUNK: Final = 1 << 20
# Of NIfTI-1 and -2: form and place of the sides, of the bits of a value, and of where the values begin.
HEADERS: Final = {348: (("8h", 40), ("h", 72), ("f", 108)), 540: (("8q", 16), ("h", 12), ("q", 168))}
LONGEST_HEADER: Final = 540


def lack_of(path: Path) -> str:
    """Return what a file lacks, in words; empty if nothing is known to be missing."""
    name = path.name.lower()
    try:
        if name.endswith(".nii.gz"):
            with gzip.open(path) as content:
                return _nifti(content)
        with path.open("rb") as content:
            if name.endswith(".nii"):
                return _nifti(content)
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
    for order in "<>":
        size = struct.unpack_from(f"{order}i", head)[0] if there >= 4 else 0
        if size in HEADERS and there >= size:
            sides, bits, start = (struct.unpack_from(order + form, head, place) for form, place in HEADERS[size])
            values = math.prod(max(1, each) for each in sides[1 : sides[0] + 1])
            return _short(int(start[0]) + values * bits[0] // 8, there)
    return ""  # ITK says what is wrong with it


def _short(stated: int, there: int) -> str:
    return f"it has {there} of {stated} bytes" if there < stated else ""
