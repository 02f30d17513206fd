"""Whether `prepare` is something that a worker can call before its first job."""

import inspect
from collections.abc import Callable
from typing import Any, cast

from algorithms.errors import DeclarationError


def check_preparation(prepare: object) -> None:
    """Check `prepare`, None if there is none; DeclarationError if a worker cannot call it, or if that does nothing."""
    if prepare is None:
        return
    if not callable(prepare):
        raise DeclarationError(
            f"prepare is a {type(prepare).__name__}, not a function; give the function itself, without parentheses"
        )
    function = cast("Callable[..., Any]", inspect.unwrap(prepare))
    name = getattr(function, "__qualname__", repr(function))
    if inspect.iscoroutinefunction(function) or inspect.isgeneratorfunction(function):
        raise DeclarationError(f"prepare ({name}) is asynchronous or a generator; calling it would load nothing")
    if needed := _needed(function):
        raise DeclarationError(f"prepare ({name}) takes {', '.join(needed)}; it is called without arguments")


def _needed(function: Callable[..., Any]) -> list[str]:
    try:
        arguments = inspect.signature(function).parameters.values()
    except (TypeError, ValueError):  # written in C without a signature
        return []
    optional = (inspect.Parameter.VAR_POSITIONAL, inspect.Parameter.VAR_KEYWORD)
    return [each.name for each in arguments if each.default is inspect.Parameter.empty and each.kind not in optional]
