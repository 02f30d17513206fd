"""Numbers of a header: finite and within what their VR can hold, or absent."""

import math
from collections.abc import Iterable
from typing import Any, cast

from pydicom.tag import BaseTag

WHOLE_MOST = 2**31  # IS holds 32-bit numbers (PS3.5 6.2)
LENGTH_MOST = 1e6  # mm; nothing that is imaged is as long, and sums of longer lengths would not stay finite
LENGTH_LEAST = 1e-9  # mm


def floats(value: Any, length: int | None = None) -> tuple[float, ...] | None:
    """Return a DICOM number or numbers; None if absent, not finite, or not `length` of them."""
    try:
        numbers = tuple(map(_float, values_of(value)))
    except (TypeError, ValueError, OverflowError):
        return None
    if not numbers or (length is not None and len(numbers) != length) or not all(map(math.isfinite, numbers)):
        return None
    return numbers


def values_of(value: Any) -> list[Any]:
    """Return the values of an attribute, none if it is absent, or bytes: each of these is no number of its own."""
    if value is None or value == "" or isinstance(value, bytes | bytearray):
        return []
    return [value] if isinstance(value, str | int | float) else list(cast("Iterable[Any]", value))


def _float(value: Any) -> float:
    """Return a number; raise ValueError for what only Python takes for one, such as 1_5 or a tag (PS3.5 6.2)."""
    written = getattr(value, "original_string", value)
    is_unwritten = isinstance(written, str) and ("_" in written or not written.isascii())
    if is_unwritten or isinstance(value, BaseTag | bytes):
        raise ValueError
    return float(value)


def number(value: Any) -> float | None:
    """Return a single number, or None."""
    numbers = floats(value, 1)
    return numbers[0] if numbers else None


def length(value: Any) -> float | None:
    """Return a single number other than zero, signed, that can be a length in mm, or None."""
    single = number(value)
    return single if single is not None and LENGTH_LEAST <= abs(single) <= LENGTH_MOST else None


def whole(value: Any) -> int | None:
    """Return a single whole number, or None."""
    single = number(value)
    return int(single) if single is not None and single.is_integer() and abs(single) <= WHOLE_MOST else None


def is_stated(value: Any) -> bool:
    """Return whether an attribute has a value: it is neither absent nor empty."""
    if value is None or isinstance(value, str | bytes):
        return bool(value)
    return not hasattr(value, "__len__") or len(value) > 0
