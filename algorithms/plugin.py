"""Loading one plugin: import its module, call its hook, check every declaration."""

import inspect
import sys
import time
from collections.abc import Iterable, Mapping
from dataclasses import replace
from importlib.metadata import Distribution, EntryPoint
from pathlib import Path
from typing import Any, cast

import pluggy

from algorithms import hookspecs
from algorithms.checks.declaration import check_declaration
from algorithms.declaration import Algorithm
from algorithms.errors import DeclarationError, PluginFault
from algorithms.fault_place import place_of_error, place_of_function, place_of_module
from algorithms.heavy import heavy_imports, loaded
from algorithms.ports.inputs import InputPort, inputs_of
from algorithms.ports.outputs import outputs_of
from algorithms.registered import Registered


def load_plugin(entry_point: EntryPoint) -> tuple[list[Registered], list[PluginFault]]:
    """Return what the plugin registers and what is wrong with it; every declaration is checked, not just the first."""
    distribution, version = identity(entry_point.dist)

    def fault(message: BaseException | str, place: str) -> PluginFault:
        found = place or place_of_module(entry_point)
        return PluginFault(entry_point.name, distribution, version, str(message), found)

    if entry_point.pattern.match(entry_point.value) is None:
        return [], [fault(f"importing {entry_point.value} failed: write `module` or `module:object`.", "")]
    before, start = loaded(), time.perf_counter()
    try:
        plugin = entry_point.load()
    except (Exception, SystemExit) as error:  # a module that exits must not take the program with it unexplained
        return [], [fault(f"importing {entry_point.value} failed: {_failure(error)}", place_of_error(error))]
    try:
        declared = declarations(plugin, entry_point.name)
        seconds = time.perf_counter() - start
        if len(declared) == 1:
            _check_same_name(declared[0], entry_point.name)
    except DeclarationError as error:
        return [], [fault(error, place_of_error(error))]
    registered: list[Registered] = []
    faults: list[PluginFault] = []
    for algorithm in declared:
        try:
            schema = check_declaration(algorithm)
        except Exception as error:
            message = error if isinstance(error, DeclarationError) else _failure(error)
            faults.append(fault(message, place_of_function(getattr(algorithm, "run", None))))
            continue
        modules = (sys.modules.get(entry_point.module), sys.modules.get(algorithm.run.__module__))
        heavy = heavy_imports(before, modules)
        documentation = inspect.getdoc(algorithm.run) or ""
        registered.append(
            Registered(
                algorithm=algorithm,
                distribution=distribution,
                version=version,
                entry_point=entry_point.name,
                schema=schema,
                documentation=documentation,
                heavy_imports=heavy,
                import_seconds=seconds,
                inputs=_inputs(algorithm),
                outputs=outputs_of(algorithm.run),
            )
        )
    return registered, faults


def identity(distribution: Distribution | None) -> tuple[str, str]:
    """Return a distribution's name and version, whatever its metadata looks like."""
    names: list[str] = []
    for key in ("Name", "Version"):
        try:
            names.append(str(distribution.metadata[key] or "unknown") if distribution else "unknown")
        except (KeyError, TypeError):
            names.append("unknown")
    return names[0], names[1]


def declarations(plugin: Any, name: str) -> list[Algorithm]:
    """Return what a plugin's hook returns, unchecked. Raises DeclarationError if the hook is missing or fails."""
    # One manager for each plugin: what is wrong with one cannot hide behind another.
    manager = pluggy.PluginManager(hookspecs.PROJECT)
    manager.add_hookspecs(hookspecs)
    try:
        manager.register(plugin, name)
        manager.check_pending()
    except pluggy.PluginValidationError as error:
        raise DeclarationError(f"its hook is not `register_algorithms()`, the only one there is: {error}") from error
    except Exception as error:
        raise DeclarationError(f"it cannot be registered: {_failure(error)}") from error
    if not manager.hook.register_algorithms.get_hookimpls():
        raise DeclarationError("it implements no hook; decorate `def register_algorithms()` with @hookimpl")
    try:
        results: list[Any] = manager.hook.register_algorithms()
        declared = [each for result in results for each in _listed(result)]
    except DeclarationError:
        raise
    except (Exception, SystemExit) as error:
        raise DeclarationError(f"register_algorithms() failed: {_failure(error)}") from error
    if not declared:
        raise DeclarationError(
            "register_algorithms() returned no Algorithm; it ends with `return Algorithm(...)`, or a list of several"
        )
    return declared


def _inputs(algorithm: Algorithm) -> tuple[InputPort, ...]:
    """Return the further inputs; an image that names no scopes has those of the algorithm."""
    return tuple(
        replace(each, scopes=each.scopes or algorithm.scopes) if each.type == "image" else each
        for each in inputs_of(algorithm.run)
    )


def _listed(result: Any) -> list[Any]:
    if isinstance(result, Algorithm):
        return [result]
    if isinstance(result, str | bytes | Mapping) or not isinstance(result, Iterable):
        raise DeclarationError(f"register_algorithms() returned {result!r}, which is neither an Algorithm nor several")
    return list(cast("Iterable[Any]", result))


def _check_same_name(algorithm: Any, entry_point: str) -> None:
    name = getattr(algorithm, "name", entry_point)
    if name != entry_point:
        raise DeclarationError(f"it registers the algorithm {name!r}; a single one must have its entry point's name")


def _failure(error: BaseException) -> str:
    file, _, line = place_of_error(error).rpartition(":")
    where = f" ({Path(file).name}, line {line})" if file and not isinstance(error, SyntaxError) else ""
    return f"{type(error).__name__}: {error}{where}"  # a syntax error says itself where it is
