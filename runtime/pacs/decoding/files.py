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
# What is read of an image that nobody has asked for before: most are whole with it, and all that are read at the same
# time (`app_state.THREADS`) are no more than what is kept.
BEGINNING_BYTES: Final = 1 << 20


def version(stored: Stored) -> str:
    """Return the name of an object as it is now: one that is replaced has another."""
    return f"{stored.key}\n{stored.etag}"


class Files:
    """Downloads single files and keeps small ones, and beginnings, by ETag, within a budget. Threads may share it."""

    def __init__(
        self, archive: Archive, replaced: Callable[[InputReference], None] = lambda _: None, limit: int = BYTES
    ) -> None:
        """`replaced` is told of an image that the bucket no longer has as it was listed."""
        self._archive = archive
        self._replaced = replaced
        self._kept: Cache[bytes] = Cache(limit, len)

    def find(self, ref: InputReference) -> list[Stored]:
        """Return the object of an image, of which at least the beginning is kept for `fetch`: one call instead of two.

        Raises as `Archive.objects` does.
        """
        stored, content = self._archive.beginning(ref, BEGINNING_BYTES)
        if content:
            self._kept.put(version(stored), content)
        return [stored]

    def small(self, stored: Stored) -> bytes | None:
        """Return an object's content if it is kept and small enough to be handed over without a file."""
        kept = self._kept.get(version(stored)) if stored.bytes <= BEGINNING_BYTES else None
        return kept if kept is not None and len(kept) == stored.bytes else None

    def fetch(self, ref: InputReference, stored: Stored, folder: Path) -> Path:
        """Return the path of an object's content in `folder`.

        Raises as `Archive.fetch` does, and TransientError if the object has been replaced since `stored` was listed.
        """
        kept = self._kept.get(version(stored))
        path = folder / "kept.dcm"
        if kept is not None and len(kept) == stored.bytes:
            path.write_bytes(kept)
            return path
        try:
            if kept:
                self._archive.complete(ref, stored, kept, path)
            else:
                (path,) = self._archive.download(ref, [stored.key], folder, etag=stored.etag)
        except (TransientError, PermanentError):
            self._replaced(ref)
            raise
        if stored.bytes <= FILE_BYTES_MOST:
            self._kept.put(version(stored), path.read_bytes())
        return path
