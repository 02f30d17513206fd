"""Numbers of a header: finite and within what their VR can hold, or absent."""

import math
from collections.abc import Iterable
from typing import Any, cast

WHOLE_MOST = 2**31  # IS holds 32-bit numbers (PS3.5 6.2)
LENGTH_MOST = 1e6  # mm; nothing that is imaged is as long, and sums of longer lengths would not stay finite
LENGTH_LEAST = 1e-9  # mm


def floats(value: Any, length: int | None = None) -> tuple[float, ...] | None:
    """Return a DICOM number or numbers; None if absent, not finite, or not `length` of them."""
    if value is None or value == "":
        return None
    try:
        many = [value] if isinstance(value, str | int | float) else list(cast("Iterable[Any]", value))
        numbers = tuple(map(_float, many))
    except (TypeError, ValueError, OverflowError):
        return None
    if not numbers or (length is not None and len(numbers) != length) or not all(map(math.isfinite, numbers)):
        return None
    return numbers


def _float(value: Any) -> float:
    """Return a number; raise ValueError for one that only Python takes for a number, such as 1_5 (PS3.5 6.2)."""
    written = getattr(value, "original_string", value)
    if isinstance(written, str) and ("_" in written or not written.isascii()):
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
