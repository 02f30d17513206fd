"""Loads what the bundle's build generates: it exists only in the zip, so it is imported by name, at first use."""

from functools import cache
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple, Protocol

if TYPE_CHECKING:  # the scaler alone needs the class: an import costs every function a part of its start
    from algorithms.declaration import Resources

GENERATED: Final = "runtime.handlers.generated"


class Check(Protocol):
    """Returns (JSON pointer, message) of every fault, and fills defaults in place."""

    def __call__(self, value: Any, /) -> list[tuple[str, str]]: ...


class Entry(NamedTuple):
    """What the API knows about one algorithm; `inputs` by name: type, forms, scopes, many, required."""

    module: str
    scopes: tuple[str, ...]
    distribution: str
    inputs: dict[str, dict[str, Any]]


@cache
def check(module: str) -> Check:
    """Return the compiled check of that module."""
    return import_module(f"{GENERATED}.{module}").check


@cache
def algorithms() -> dict[str, Entry]:
    """Return the installed algorithms by name."""
    index = import_module(f"{GENERATED}.index").ALGORITHMS
    return {name: Entry(*entry) for name, entry in index.items()}


@cache
def resources() -> "dict[str, Resources]":
    """Return what the installed algorithms declare about their services, by name."""
    return import_module(f"{GENERATED}.resources").RESOURCES


@cache
def queries() -> dict[str, tuple[str, ...]]:
    """Return the names of the query parameters of each route that refuses others."""
    return import_module(f"{GENERATED}.queries").QUERIES


@cache
def document(name: str) -> str:
    """Return a generated JSON document as text."""
    return (Path(__file__).parent / "generated" / name).read_text(encoding="utf-8")
