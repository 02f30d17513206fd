"""Whether `run` is a function that a worker, in another process, can import by name."""

import importlib
import inspect

from algorithms.errors import DeclarationError


def check_function(run: object) -> None:
    """Check that `run` is a plain function at module level; DeclarationError if a worker could not find or call it."""
    if not inspect.isfunction(run):
        raise DeclarationError(f"run is {_described(run)}, not a function defined with `def` at module level")
    where = f"{run.__module__}.{run.__qualname__}"
    if run.__name__ == "<lambda>":
        raise DeclarationError(f"run is a lambda ({where}); define it with `def` at module level")
    if "<locals>" in run.__qualname__:
        raise DeclarationError(
            f"run is defined inside another function ({where}); move it to module level, or, if a decorator "
            "made it, let that use functools.wraps"
        )
    if "." in run.__qualname__:
        raise DeclarationError(f"run is a method ({where}); define it with `def` at module level")
    if run.__module__ == "__main__":
        raise DeclarationError("run is defined in the program itself (__main__); a worker cannot import it")
    whole = inspect.unwrap(run)  # what a decorator is around
    if inspect.iscoroutinefunction(whole) or inspect.isgeneratorfunction(whole) or inspect.isasyncgenfunction(whole):
        raise DeclarationError(f"run ({where}) is asynchronous or a generator; it must return its result")
    try:
        imported = getattr(importlib.import_module(run.__module__), run.__qualname__, None)
    except Exception as error:
        raise DeclarationError(f"run ({where}) cannot be imported by name: {error}") from error
    if imported is not run:
        raise DeclarationError(f"run ({where}) cannot be imported by name: something else, or nothing, is found there")


def _described(value: object) -> str:
    return "a method" if inspect.ismethod(value) else f"a {type(value).__name__}"
