"""Writes a zip that depends only on its content."""

import io
import zipfile
from collections.abc import Mapping
from typing import Final

# The earliest time that a zip can hold; a regular file with rw-r--r--, so that Lambda can read it.
EPOCH: Final = (1980, 1, 1, 0, 0, 0)
MODE: Final = 0o100644
UNIX: Final = 3


def pack(files: Mapping[str, str]) -> bytes:
    """Return a zip of `files` (path to text): sorted, without times, owners or a compression that vary."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as bundle:
        for path, text in sorted(files.items()):
            entry = zipfile.ZipInfo(path, EPOCH)
            entry.create_system = UNIX
            entry.external_attr = MODE << 16
            # Not compressed: another zlib would give other bytes, and the zip is small.
            entry.compress_type = zipfile.ZIP_STORED
            bundle.writestr(entry, text.encode())
    return buffer.getvalue()
