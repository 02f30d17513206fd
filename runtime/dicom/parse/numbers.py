"""Numbers of a header: finite and within what their VR can hold, or absent."""

import math
from collections.abc import Iterable
from typing import Any, cast

WHOLE_MOST = 2**31  # IS holds 32-bit numbers (PS3.5 6.2)


def floats(value: Any, length: int | None = None) -> tuple[float, ...] | None:
    """Return a DICOM number or numbers; None where absent, not finite, or not `length` of them."""
    if value is None or value == "":
        return None
    try:
        many = [value] if isinstance(value, str | int | float) else list(cast("Iterable[Any]", value))
        found = tuple(float(each) for each in many)
    except (TypeError, ValueError, OverflowError):
        return None
    if not found or (length is not None and len(found) != length) or not all(map(math.isfinite, found)):
        return None
    return found


def number(value: Any) -> float | None:
    """Return a single number, or None."""
    found = floats(value, 1)
    return found[0] if found else None


def whole(value: Any) -> int | None:
    """Return a single whole number, or None."""
    found = number(value)
    return int(found) if found is not None and abs(found) <= WHOLE_MOST else None


def is_stated(value: Any) -> bool:
    """Tell an attribute that has a value from one that is absent or empty."""
    if value is None or isinstance(value, str | bytes):
        return bool(value)
    return not hasattr(value, "__len__") or len(value) > 0
