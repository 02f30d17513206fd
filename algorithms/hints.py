"""The annotations of an algorithm's function."""

from collections.abc import Callable
from typing import Any, get_type_hints

from algorithms.errors import DeclarationError


def hints_of(run: Callable[..., Any]) -> dict[str, Any]:
    """Return the annotations by their arguments' names, with `return`. Raises DeclarationError if one has no value."""
    try:
        return get_type_hints(run, include_extras=True)
    except Exception as error:
        raise DeclarationError(f"its annotations cannot be read at run time: {error}") from error
