"""The values that come into a file's lookup tables."""

from collections.abc import Sequence
from typing import Any

from runtime.dicom.parse.numbers import whole
from runtime.dicom.tables.table import Context


def stored_context(dataset: Any) -> Context:
    """Return the context of a table that takes stored values: of modality tables and palettes."""
    low, high = stored_range(dataset)
    implicit, little = getattr(dataset, "original_encoding", (False, True))
    return Context(bool(implicit), little is not False, low, high)


def voi_context(dataset: Any, slope: float, intercept: float, *, looked_up: bool) -> Context:
    """Return the context of a VOI table: it takes the values that the modality table or the rescale gives."""
    stored = stored_context(dataset)
    if looked_up:  # the entries of a modality table are unsigned (PS3.3 C.11.1.1.1)
        return Context(stored.implicit, stored.little, 0, 65535)
    ends = sorted(end * slope + intercept for end in (stored.low, stored.high))
    return Context(stored.implicit, stored.little, *ends)


def stored_range(dataset: Any) -> tuple[int, int]:
    """Return the least and the greatest value that the stored bits can hold."""
    bits = whole(dataset.get("BitsStored")) or 16
    signed = whole(dataset.get("PixelRepresentation")) == 1
    return (-(1 << (bits - 1)), (1 << (bits - 1)) - 1) if signed else (0, (1 << bits) - 1)


def element(item: Any, keyword: str) -> Any | None:
    """Return an element of an item, or None if it is absent."""
    return item[keyword] if keyword in item else None  # noqa: SIM401 - `get` returns the value


def first_item(sequence: Sequence[Any] | None) -> Any | None:
    """Return the first item of a sequence, or None."""
    return sequence[0] if sequence else None
