"""What the bucket lists: objects, and lines of the index."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Stored:
    """One object of the bucket: `etag` without quotes, `bytes` its size."""

    key: str
    etag: str
    bytes: int


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the index: a study, a series, or (then with `stored`) an image."""

    id: str
    stored: Stored | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """One page of the index; `cursor` asks for the next page and is None on the last."""

    entries: tuple[Entry, ...]
    cursor: str | None


def stored_object(item: Any) -> Stored:
    """Return one object of a listing of S3."""
    return Stored(str(item["Key"]), etag_of(item), int(item["Size"]))


def etag_of(item: Any) -> str:
    """Return the ETag of an answer of S3, without quotes; empty if a store that speaks S3's protocol sends none."""
    return str(item.get("ETag", "")).strip('"')
