"""Finds the algorithm that an author names: an installed one, `module:object`, or a file."""

import importlib
import inspect
import re
import sys
import time
import traceback
from collections.abc import Collection
from difflib import get_close_matches
from pathlib import Path
from types import ModuleType
from typing import Any, Final

from algorithms.checks.declaration import check_declaration
from algorithms.declaration import Algorithm
from algorithms.errors import DeclarationError, RegistryError
from algorithms.fault_place import place_of_declaration
from algorithms.heavy import heavy_imports, loaded
from algorithms.plugin import declarations
from algorithms.registered import Registered
from algorithms.registry import load_registry

LONGEST_NAME: Final = 24


class TargetError(Exception):
    """No algorithm is found under a name; `trace` is the author's own traceback, if their code failed."""

    def __init__(self, message: str, trace: str = "") -> None:
        super().__init__(message)
        self.trace = trace

    def __reduce__(self) -> tuple[type["TargetError"], tuple[str, str]]:
        """Let the error pass from one process to another."""
        return type(self), (str(self), self.trace)


def find(name: str) -> Registered:
    """Return the algorithm that `name` says. Raises TargetError.

    `name` is an installed algorithm; or `module` or `path/to/file.py`, which may be followed by `:object`: a declared
    algorithm's name, an `Algorithm`, or a function on images, which is then declared with the defaults.
    """
    place, _, wanted = name.partition(":")
    if place.endswith(".py"):
        return _of_module(_module_of(Path(place)), wanted)
    if ":" in name or "." in name:
        return _of_module(place, wanted)
    try:
        registry = load_registry()
    except RegistryError as error:
        raise TargetError(str(error)) from error
    if name not in registry:
        other = "For one that is not, give its file (path/to/file.py) or module:object"
        raise TargetError(f"no algorithm {name!r} is installed; {_others(name, registry)} {other}")
    return registry[name]


def _others(name: str, registry: Collection[str]) -> str:
    if near := get_close_matches(name, registry, 1):
        return f"did you mean {near[0]}?"
    return f"installed are {', '.join(registry) or 'none'}."


def _module_of(file: Path) -> str:
    """Return the name under which a file is imported, and let it be found."""
    file = file.resolve()
    if not file.is_file():
        raise TargetError(f"there is no file {file}")
    parts, folder = [] if file.stem == "__init__" else [file.stem], file.parent
    while (folder / "__init__.py").exists():
        parts.insert(0, folder.name)
        folder = folder.parent
    name = ".".join(parts)
    loaded: Any = sys.modules.get(name)
    if loaded is not None and Path(str(getattr(loaded, "__file__", ""))).resolve() != file:
        raise TargetError(f"{file.name} cannot be imported: {name} is the name of another module; rename the file")
    sys.path.insert(0, str(folder))
    importlib.invalidate_caches()
    return name


def _of_module(module: str, wanted: str) -> Registered:
    before, started = loaded(), time.perf_counter()
    try:
        imported = importlib.import_module(module)
    except BaseException as error:
        if isinstance(error, KeyboardInterrupt):
            raise
        if isinstance(error, ModuleNotFoundError) and f"{module}.".startswith(f"{error.name}."):
            raise TargetError(f"there is no module {module}") from error
        raise TargetError(f"importing {module} failed: {type(error).__name__}: {error}", _own(error)) from error
    seconds = time.perf_counter() - started
    algorithm = None
    try:
        algorithm = _chosen(imported, wanted)
        schema = check_declaration(algorithm)
    except DeclarationError as error:
        raise TargetError(f"{error}\n  at     {place_of_declaration(error, algorithm, imported)}") from error
    return Registered(
        algorithm=algorithm,
        distribution=module,
        version="(not installed)",
        entry_point=algorithm.name,
        schema=schema,
        documentation=inspect.getdoc(algorithm.run) or "",
        heavy_imports=heavy_imports(before, (imported, sys.modules.get(algorithm.run.__module__))),
        import_seconds=seconds,
    )


def _chosen(module: ModuleType, wanted: str) -> Algorithm:
    found = getattr(module, wanted, None) if wanted else None
    if isinstance(found, Algorithm):
        return found
    if wanted and inspect.isfunction(found) and wanted != "register_algorithms":
        summary = (inspect.getdoc(found) or wanted).splitlines()[0]
        name = re.sub(r"[^a-z0-9_]+", "-", wanted.lower()).strip("-_")[:LONGEST_NAME] or "algorithm"
        declared = _declared(module)
        chosen = [each for each in declared if each.name == wanted] or [each for each in declared if each.run is found]
        return chosen[0] if chosen else Algorithm(name, summary, found, scopes=("image", "series", "study"))
    declared = declarations(module, module.__name__)
    named = [each for each in declared if each.name == wanted] if wanted in _names(declared) else declared
    if len(named) != 1 or (wanted and wanted not in (named[0].name, "register_algorithms")):
        raise DeclarationError(
            f"{module.__name__} declares {', '.join(_names(declared))}; name one of them after a colon"
        )
    return named[0]


def _declared(module: ModuleType) -> list[Algorithm]:
    try:
        return [each for each in declarations(module, module.__name__) if hasattr(each, "run")]
    except DeclarationError:
        return []  # a function that nothing declares yet can be tried as well


def _names(declared: list[Algorithm]) -> list[str]:
    return [str(getattr(each, "name", each)) for each in declared]


def _own(error: BaseException) -> str:
    """Return a traceback without the import system's frames and this file's."""
    kept = [
        each
        for each in traceback.extract_tb(error.__traceback__)
        if "importlib" not in each.filename and each.filename != __file__
    ]
    lines = ["Traceback (most recent call last):\n", *traceback.format_list(kept)]
    return "".join([*lines, *traceback.format_exception_only(error)])
