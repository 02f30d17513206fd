"""Which objects the bucket has: for a single image, asked at most once in a few seconds."""

import time
from collections.abc import Callable
from typing import Final

from runtime.archive import Archive, Stored
from runtime.contracts.models import InputReference
from runtime.pacs.decoding.cache import Cache

# A browser keeps an answer for minutes (`conditional.KEEP`); a viewer that changes the window asks many times a second.
SECONDS: Final = 5.0
ENTRIES: Final = 20_000


class Objects:
    """Finds the object of an image, and remembers it for a moment. Threads may share it."""

    def __init__(self, archive: Archive, seconds: float = SECONDS) -> None:
        self._archive = archive
        self._seconds = seconds
        self._kept: Cache[tuple[float, Stored]] = Cache(ENTRIES)

    def known(self, ref: InputReference) -> list[Stored] | None:
        """Return the object of an image if the bucket had it a moment ago; never waits."""
        kept = self._kept.get(_name(ref)) if ref.scope == "image" else None
        return [kept[1]] if kept is not None and time.monotonic() - kept[0] < self._seconds else None

    def seen(self, ref: InputReference) -> bool:
        """Tell whether the object of an image was found before, however long ago."""
        kept = self._kept.get(_name(ref))
        return kept is not None and bool(kept[1].key)

    def find(self, ref: InputReference, ask: Callable[[InputReference], list[Stored]] | None = None) -> list[Stored]:
        """Return the objects of a reference as the bucket has them now. Raises as `Archive.objects` does.

        `ask` is called instead of `Archive.objects`, if it is given.
        """
        asked = time.monotonic()
        self.forget(ref)  # should it be gone
        found = (ask or self._archive.objects)(ref)
        if ref.scope == "image":
            self._kept.put(_name(ref), (asked, found[0]))
        return found

    def forget(self, ref: InputReference) -> None:
        """Ask the bucket the next time: the image is not what it was."""
        self._kept.put(_name(ref), (-self._seconds, Stored("", "", 0)))


def _name(ref: InputReference) -> str:
    return f"{ref.study_id}\n{ref.series_id}\n{ref.image_id}"
