"""Writes a zip that depends on nothing but its content."""

import io
import zipfile
from collections.abc import Mapping
from typing import Final

# The earliest time that a zip can hold; rw-r--r-- of a regular file, as Lambda needs to read it.
EPOCH: Final = (1980, 1, 1, 0, 0, 0)
MODE: Final = 0o100644
UNIX: Final = 3


def pack(files: Mapping[str, str]) -> bytes:
    """Return a zip of `files` (path to text): sorted, without times, owners or compression that could vary."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as bundle:
        for path, text in sorted(files.items()):
            entry = zipfile.ZipInfo(path, EPOCH)
            entry.create_system = UNIX
            entry.external_attr = MODE << 16
            # Stored, not deflated: another zlib would give other bytes, and the bundle is small.
            entry.compress_type = zipfile.ZIP_STORED
            bundle.writestr(entry, text.encode())
    return buffer.getvalue()
