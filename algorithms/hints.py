"""The annotations of an algorithm's function."""

import re
from collections.abc import Callable
from typing import Annotated, Any, Final, get_args, get_origin, get_type_hints

from algorithms.errors import DeclarationError

MODULES: Final = re.compile(r"\b(?:[A-Za-z_]\w*\.)+(?=[A-Za-z_])")  # before a name


def hints_of(annotated: Callable[..., Any] | type) -> dict[str, Any]:
    """Return the annotations of a function by its arguments' names, with `return`, or those of a class.

    Raises DeclarationError if one has no value.
    """
    try:
        return get_type_hints(annotated, include_extras=True)
    except Exception as error:
        whose = f"the annotations of {annotated.__name__}" if isinstance(annotated, type) else "its annotations"
        raise DeclarationError(f"{whose} cannot be read at run time: {error}") from error


def name_of(hint: Any) -> str:
    """Return how a person writes an annotation, without what its notes say."""
    if get_origin(hint) is Annotated:
        return f"Annotated[{name_of(hint.__origin__)}, ...]"
    if hint is type(None):
        return "None"
    return hint.__name__ if isinstance(hint, type) and not get_args(hint) else MODULES.sub("", str(hint))
