"""What the compiled checks call: JSON Schema's notions where Python's differ."""

import re
from functools import cache
from typing import Any, Final

Faults = list[tuple[str, str]]

# A multiple is judged to the last digits that a double keeps: 0.3 is a multiple of 0.1.
_ROUNDING: Final = 2.0**-51
_INFINITY: Final = float("inf")
_KINDS: Final = {
    bool: "a boolean",
    int: "a number",
    float: "a number",
    str: "a string",
    list: "a list",
    dict: "an object",
}
_matcher = cache(re.compile)  # on first use: compiling at import would slow every cold start


def is_number(value: Any) -> bool:
    """Whether `value` is a JSON number, which a boolean is not."""
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def is_integer(value: Any) -> bool:
    """Whether `value` is a number without a fractional part: 1.0 is an integer."""
    return (isinstance(value, int) and not isinstance(value, bool)) or (isinstance(value, float) and value.is_integer())


def is_multiple(value: float, of: float) -> bool:
    """Whether `value` is a multiple of `of`, up to the rounding of decimal fractions in binary."""
    if isinstance(value, int) and isinstance(of, int):
        return value % of == 0
    quotient = value / of
    if quotient in (_INFINITY, -_INFINITY):
        return value % of == 0
    return abs(quotient - round(quotient)) <= _ROUNDING * abs(quotient)


def matches(pattern: str, value: str) -> bool:
    """Whether `pattern` occurs in `value`."""
    return _matcher(pattern).search(value) is not None


def same(one: Any, other: Any) -> bool:
    """Whether two JSON values are equal: 1 and 1.0 are, 1 and true are not."""
    if isinstance(one, bool) or isinstance(other, bool):
        return one is other
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(same, one, other))  # pyright: ignore[reportUnknownArgumentType]
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(same(one[key], other[key]) for key in one)  # pyright: ignore
    return bool(one == other)


def kind(value: Any) -> str:
    """Say what JSON type `value` has."""
    return "null" if value is None else _KINDS[type(value)]


def escape(name: str) -> str:
    """Return `name` as one step of a JSON pointer."""
    return name.replace("~", "~0").replace("/", "~1")
