"""The annotations of an algorithm's function."""

import re
import types
from collections.abc import Callable
from typing import Annotated, Any, Final, Union, get_args, get_origin, get_type_hints

from algorithms.errors import DeclarationError

MODULES: Final = re.compile(r"\b(?:[A-Za-z_]\w*\.)+(?=[A-Za-z_])")  # before a name
SHARED: Final = ("Image", "Transform", "Table", "Quantity")  # names of ours that types of other packages have, too


def hints_of(annotated: Callable[..., Any] | type) -> dict[str, Any]:
    """Return the annotations of a function by its arguments' names, with `return`, or those of a class.

    What `type X = ...` names is in them instead of X. Raises DeclarationError if one has no value.
    """
    try:
        return {name: _named(hint) for name, hint in get_type_hints(annotated, include_extras=True).items()}
    except Exception as error:
        whose = f"the annotations of {annotated.__name__}" if isinstance(annotated, type) else "its annotations"
        name = error.name if isinstance(error, NameError) else None
        way = f"; define or import {name} at module level, outside of `if TYPE_CHECKING`" if name else ""
        raise DeclarationError(f"{whose} cannot be read at run time: {error}{way}") from error


def name_of(hint: Any) -> str:
    """Return how a person writes an annotation, without what its notes say."""
    if get_origin(hint) is Annotated:
        return f"Annotated[{name_of(hint.__origin__)}, ...]"
    if hint is type(None):
        return "None"
    if not isinstance(hint, type) or get_args(hint):
        return MODULES.sub("", str(hint))
    # A type of another package that is called as one of ours, as SimpleITK's Image is.
    package = hint.__module__.partition(".")[0]
    return f"{package}.{hint.__name__}" if hint.__name__ in SHARED and package != "algorithms" else hint.__name__


def _named(hint: Any) -> Any:
    """Return an annotation with what an alias stands for, within lists and options, too."""
    while type(hint).__name__ == "TypeAliasType":  # of typing from Python 3.12 on, of typing_extensions before
        hint = hint.__value__
    origin, parts = get_origin(hint), get_args(hint)
    if origin is Annotated:
        return Annotated[(_named(hint.__origin__), *hint.__metadata__)]
    if origin not in (Union, types.UnionType, list, tuple):
        return hint
    named = tuple(map(_named, parts))
    if all(one is other for one, other in zip(named, parts, strict=True)):
        return hint
    whole: Any = origin if origin in (list, tuple) else Union
    return whole[named]
