"""Checks which regular expressions the API may run on strings that strangers send."""

import re
from typing import Any


class UnsafePatternError(ValueError):
    """A pattern that can take exponential time."""


def python(pattern: str) -> str:
    """Return `pattern` (JSON Schema's dialect) for Python's `re`; raise ValueError if it is invalid or unsafe."""
    try:
        tree = re._parser.parse(pattern)  # type: ignore[attr-defined]  # pyright: ignore - the parser of `re` itself
    except re.error as error:
        raise ValueError(f"the pattern {pattern!r} is not a regular expression: {error}") from error
    if _explodes(tree, inside=False):
        raise UnsafePatternError(
            f"the pattern {pattern!r} repeats something that itself varies in length or has alternatives, "
            "which can take exponential time on a hostile string; repeat a character set instead"
        )
    return _end(pattern)


def _explodes(tree: Any, *, inside: bool) -> bool:
    for operation, argument in tree:
        name = str(operation)
        if name in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"):
            least, most, body = argument
            if inside and least != most:
                return True
            if _explodes(body, inside=inside or most > 1):
                return True
        elif name == "BRANCH":
            if inside or any(_explodes(branch, inside=inside) for branch in argument[1]):
                return True
        elif name in ("SUBPATTERN", "ATOMIC_GROUP", "ASSERT", "ASSERT_NOT"):
            body = argument if name == "ATOMIC_GROUP" else argument[-1]
            if _explodes(body, inside=inside):
                return True
        elif name in ("GROUPREF", "GROUPREF_EXISTS"):
            return True
    return False


def _end(pattern: str) -> str:
    """Write `$` as `\\Z`: Python's `$` also matches before a line break at the end, JSON Schema's does not."""
    written, in_set, escaped = "", False, False
    for character in pattern:
        if character == "$" and not in_set and not escaped:
            written += r"\Z"
            continue
        if not escaped:
            in_set = character == "[" or (in_set and character != "]")
        escaped = character == "\\" and not escaped
        written += character
    return written
