"""Numbers and texts that every file and message of a result can hold."""

from typing import Any, Final

import numpy as np

NO_TEXT: Final = "a text with half a character (a lone surrogate), which UTF-8 does not have"
TOO_LARGE: Final = "a whole number that is too large"


def plain(value: Any) -> Any:
    """Return a number of NumPy, or an array of one without axes, as Python's."""
    is_one = isinstance(value, np.generic) or (isinstance(value, np.ndarray) and value.ndim == 0)
    return value.item() if is_one else value  # pyright: ignore[reportUnknownVariableType]


def is_number(value: Any) -> bool:
    """Whether a number is one of JSON's that readers can hold: those take whole numbers as floating-point ones."""
    try:
        float(value)
    except OverflowError:
        return False
    return True


def is_text(value: str) -> bool:
    """Whether a text can be written as UTF-8."""
    return value.isascii() or not any("\ud800" <= each <= "\udfff" for each in value)
