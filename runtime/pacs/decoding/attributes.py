"""What the index says about an image, read from the beginning of its file and kept."""

from collections.abc import Callable
from functools import partial
from typing import Any

from runtime.archive import Archive, Stored
from runtime.contracts.models import InputReference
from runtime.errors import PermanentError
from runtime.pacs.decoding.cache import Cache
from runtime.pacs.decoding.describe import unknown
from runtime.pacs.decoding.headers import attributes_of, header, is_of_content


class Attributes:
    """Reads attributes and keeps them by ETag, so that a file is read once.

    `parse` runs a function in a process of its own. Attributes of the patient are read only with `patients`.
    """

    def __init__(
        self, archive: Archive, parse: Callable[..., Any], entries: int = 20_000, *, patients: bool = False
    ) -> None:
        self._archive = archive
        self._parse = parse
        self._patients = patients
        self._kept: Cache[dict[str, Any]] = Cache(entries)

    def of(self, ref: InputReference, stored: Stored) -> dict[str, Any]:
        """Return the attributes of one object, all None if it is not a DICOM file.

        Raises TransientError, and PermanentError (`input_not_found`) if the object has gone meanwhile.
        """
        name = f"{stored.key}\n{stored.etag}"
        kept = self._kept.get(name)
        if kept is None:
            kept = self._read(ref, stored)
            self._kept.put(name, kept)
        return kept

    def _read(self, ref: InputReference, stored: Stored) -> dict[str, Any]:
        try:
            return header(self._archive, ref, stored, partial(self._parse, attributes_of, self._patients))
        except PermanentError as error:
            if not is_of_content(error):
                raise
            return unknown(patients=self._patients)
