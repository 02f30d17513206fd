"""What the index says of an image, read from the beginning of its file. Nothing of the patient is among it."""

from typing import Any

from runtime.archive import Archive, Stored
from runtime.contracts.models import InputReference
from runtime.dicom.decode import frame_count, load
from runtime.errors import PermanentError
from runtime.pacs.cache import Cache

# Enough for nearly every header before the pixels; what a longer one holds is read in a second call.
HEADER_BYTES = 64 * 1024


class Attributes:
    """Reads attributes and keeps them by ETag, so that a file is looked into once."""

    def __init__(self, archive: Archive, entries: int = 20_000) -> None:
        self._archive = archive
        self._kept: Cache[dict[str, Any]] = Cache(entries)

    def of(self, ref: InputReference, stored: Stored) -> dict[str, Any]:
        """Return the attributes of one object; those of a file that is none of DICOM are all None.

        Raises TransientError, and PermanentError (`input_not_found`) where the object went away meanwhile.
        """
        name = f"{stored.key}\n{stored.etag}"
        kept = self._kept.get(name)
        if kept is None:
            kept = self._read(ref, stored)
            self._kept.put(name, kept)
        return kept

    def _read(self, ref: InputReference, stored: Stored) -> dict[str, Any]:
        for limit in (HEADER_BYTES, None):
            try:
                header = load(self._archive.read(ref, stored.key, limit), header_only=True)
                if limit is None or stored.bytes <= limit or "BitsAllocated" in header:
                    return _pick(header)
            except PermanentError as error:
                if error.code != "input_unreadable":
                    raise
        return _pick({})


def _pick(header: Any) -> dict[str, Any]:
    try:
        frames = frame_count(header) if header else None
    except PermanentError:
        frames = None
    return {
        "study_description": _text(header, "StudyDescription"),
        "study_date": _text(header, "StudyDate"),
        "series_description": _text(header, "SeriesDescription"),
        "series_number": _whole(header, "SeriesNumber"),
        "modality": _text(header, "Modality"),
        "body_part": _text(header, "BodyPartExamined"),
        "instance_number": _whole(header, "InstanceNumber"),
        "rows": _whole(header, "Rows"),
        "columns": _whole(header, "Columns"),
        "frames": frames,
    }


def _text(header: Any, keyword: str) -> str | None:
    try:
        return str(header.get(keyword) or "") or None
    except (TypeError, ValueError, AttributeError, NotImplementedError):  # damage shows when an element is asked for
        return None


def _whole(header: Any, keyword: str) -> int | None:
    try:
        value = header.get(keyword)
        return None if value is None or value == "" else int(value)
    except (TypeError, ValueError, AttributeError, NotImplementedError):
        return None
