"""Headers of stored objects: only as much of each is read as needed, and parsed in a process of its own."""

from collections.abc import Callable
from contextlib import nullcontext
from threading import BoundedSemaphore
from typing import Any, Final

from runtime.archive import Archive, Stored
from runtime.contracts.models import InputReference
from runtime.dicom.geometry.planes.plane import Plane
from runtime.dicom.parse.guard import unreadable
from runtime.dicom.parse.load import has_pixels, load_beginning
from runtime.errors import PermanentError
from runtime.pacs.decoding.describe import described
from runtime.pacs.decoding.values import summarise

# Bytes: nearly every header ends within the first step, and one that is longer than the last is not read.
STEPS: Final = (64 << 10, 1 << 20, 32 << 20)
# Of the longest ones so many are in memory at a time, however many files a listing reads.
LONGEST_AT_A_TIME: Final = 2
_longest = BoundedSemaphore(LONGEST_AT_A_TIME)
Summary = tuple[dict[str, Any], list[Plane]]


def header(archive: Archive, ref: InputReference, stored: Stored, parse: Callable[[bytes, int], Any | None]) -> Any:
    """Return what `parse` makes of an object's header, from as many of its first bytes as it needs.

    Raises PermanentError (`input_unreadable`, `input_not_found`), and TransientError.
    """
    if stored.bytes == 0:
        raise unreadable("The input is empty.")
    for step in STEPS:
        with _longest if step == STEPS[-1] else nullcontext():
            content = parse(archive.read(ref, stored.key, step), stored.bytes)
        if content is not None:
            return content
        if stored.bytes <= step:
            break
    raise unreadable(f"The header does not end within {STEPS[-1] >> 20} MiB.")


def attributes_of(patients: bool, content: bytes, size: int) -> dict[str, Any] | None:
    """Return what the index says about a file, with `patients` of its patient, too; None if more of it is needed.

    Runs in a process of its own.
    """
    dataset = load_beginning(content, size)
    return None if dataset is None else described(dataset, patients=patients)


def summary_of(content: bytes, size: int) -> Summary | str | None:
    """Return what a stack says about a file; "" if it is not an image, None if more of it is needed.

    Runs in a process of its own. Raises PermanentError.
    """
    dataset = load_beginning(content, size)
    if dataset is None:
        return None
    return summarise(dataset) if has_pixels(dataset) else ""


def is_of_content(error: PermanentError) -> bool:
    """Tell whether an error is one of the object's content: not of its absence, or of rights."""
    return error.code in ("input_unreadable", "input_unsupported")
