"""Whether `run` is a function that a worker, in another process, can import by name."""

import functools
import importlib
import inspect

from algorithms.errors import DeclarationError


def check_function(run: object) -> None:
    """Check that `run` is a plain function at module level; DeclarationError if a worker could not find or call it."""
    if not inspect.isfunction(run):
        way = f"define one with `def` at module level and write its name{_way(run)}"
        raise DeclarationError(f"run is {_described(run)}, not a function; {way}")
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
    if inspect.iscoroutinefunction(whole) or inspect.isasyncgenfunction(whole):
        raise DeclarationError(f"run ({where}) is asynchronous: write `def` instead of `async def`, without `await`")
    if inspect.isgeneratorfunction(whole):
        raise DeclarationError(f"run ({where}) is a generator, as it has `yield`: let it `return` one result")
    try:
        imported = getattr(importlib.import_module(run.__module__), run.__qualname__, None)
    except Exception as error:
        raise DeclarationError(f"run ({where}) cannot be imported by name: {error}") from error
    if imported is not run:
        raise DeclarationError(f"run ({where}) cannot be imported by name: something else, or nothing, is found there")


def _described(value: object) -> str:
    if inspect.ismethod(value):
        return "a method"
    if isinstance(value, type):
        return f"the class {value.__name__}"
    return f"the text {value!r:.80}" if isinstance(value, str) else f"a {type(value).__name__.lstrip('_')}"


def _way(value: object) -> str:
    """Return how that function does what a value that only behaves like one does."""
    if isinstance(value, functools.partial):
        return ", with the values that the partial fixes as defaults"
    if hasattr(value, "cache_info"):  # of functools: a kept result would keep its images
        return ", and cache what it calls instead"
    if isinstance(value, str) or not callable(value):
        return ""
    return ", which may call it"
