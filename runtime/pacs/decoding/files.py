"""The files of images that were asked for last: another window of one of them is not fetched again."""

from collections.abc import Callable
from pathlib import Path
from typing import Final

from runtime.archive import Archive, Stored
from runtime.contracts.models import InputReference
from runtime.errors import PermanentError, TransientError
from runtime.pacs.decoding.cache import Cache

BYTES: Final = 32 << 20
FILE_BYTES_MOST: Final = 8 << 20  # a larger one would drive out too many others


def version(stored: Stored) -> str:
    """Return the name of an object as it is now: one that is replaced has another."""
    return f"{stored.key}\n{stored.etag}"


class Files:
    """Downloads single files and keeps small ones by ETag, within a budget. Threads may share it."""

    def __init__(
        self, archive: Archive, replaced: Callable[[InputReference], None] = lambda _: None, limit: int = BYTES
    ) -> None:
        """`replaced` is told of an image that the bucket no longer has as it was listed."""
        self._archive = archive
        self._replaced = replaced
        self._kept: Cache[bytes] = Cache(limit, len)

    def fetch(self, ref: InputReference, stored: Stored, folder: Path) -> Path:
        """Return the path of an object's content in `folder`.

        Raises as `Archive.fetch` does, and TransientError if the object has been replaced since `stored` was listed.
        """
        kept = self._kept.get(version(stored))
        if kept is not None:
            path = folder / "kept.dcm"
            path.write_bytes(kept)
            return path
        try:
            (path,) = self._archive.download(ref, [stored.key], folder, etag=stored.etag)
        except (TransientError, PermanentError):
            self._replaced(ref)
            raise
        if stored.bytes <= FILE_BYTES_MOST:
            self._kept.put(version(stored), path.read_bytes())
        return path
