"""The files of a result. The algorithm's process wrote them, and may have put something else in their place."""

import os
import re
import stat
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, BinaryIO, Final

from pydantic import Field

from runtime.contracts.models import OutputKind

NAME: Final = re.compile(r"[A-Za-z0-9][\w.-]{0,99}", re.ASCII)
MEDIA_TYPES: Final = {"preview": "image/png", "mosaic": "image/png", "nifti": "application/gzip"}
# What S3 takes in one call: docs.aws.amazon.com/AmazonS3/latest/userguide/upload-objects.html
MOST_BYTES: Final = 5 << 30
MEDIA_TYPE: Final = r"^[a-z]{1,20}/[A-Za-z0-9][A-Za-z0-9.+-]{0,79}$"


@dataclass(frozen=True, slots=True)
class Product:
    """One file that the child wrote; `type` is its media type if its kind does not say it."""

    path: Path
    kind: OutputKind
    bytes: int
    sha256: str
    plane: int | None = None
    port: str | None = None
    type: Annotated[str, Field(pattern=MEDIA_TYPE)] | None = None

    @property
    def media_type(self) -> str:
        """What the file is to a browser."""
        return self.type or MEDIA_TYPES.get(self.kind, "application/octet-stream")

    def reader(self) -> BinaryIO:
        """Open the file, and nothing that stands under its name instead. Raises OSError."""
        file = os.fdopen(os.open(self.path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC), "rb")
        status = os.fstat(file.fileno())
        # A folder on the way may be a link: /proc, where the worker's secrets are, is another device.
        own = status.st_dev == self.path.parent.parent.lstat().st_dev
        if not (own and stat.S_ISREG(status.st_mode) and status.st_size == self.bytes):
            file.close()
            raise OSError(f"{self.path.name} is not the file that the algorithm's process wrote")
        return file


def fault(products: Iterable[Product], folder: Path) -> str | None:
    """Return what is wrong with the files of a result that must stand in `folder`, or None."""
    names: set[str] = set()
    for product in products:
        name = product.path.name
        if product.path.parent != folder or not NAME.fullmatch(name) or name in names:
            return "A file of the result is not where it belongs."
        names.add(name)
        if product.bytes > MOST_BYTES:
            size = f"{product.bytes / (1 << 30):.1f}"
            return f"The file {name} of the result has {size} GiB; at most {MOST_BYTES >> 30} GiB can be stored."
        try:
            product.reader().close()
        except OSError:
            return f"The file {name} of the result cannot be read."
    return None
