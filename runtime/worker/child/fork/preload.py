"""Which modules a function will import, read from its bytecode, so that no job waits for them."""

import contextlib
import dis
import functools
import importlib
import importlib.util
from collections.abc import Callable, Iterable, Iterator
from types import CodeType, ModuleType
from typing import Any, NamedTuple

from algorithms.registry import Registered, load_registry

# For the process from which children are forked: the algorithm, the worker's process id, the seconds to load it.
ALGORITHM_VARIABLE = "IMAGING_WORKER_ALGORITHM"
WORKER_VARIABLE = "IMAGING_WORKER_PID"
START_VARIABLE = "IMAGING_WORKER_START_SECONDS"
# Methods of an image and of a transform that import SimpleITK.
CONVERSIONS = {"to_simpleitk", "with_simpleitk", "of_simpleitk", "on_grid_of"}


class Import(NamedTuple):
    """One import statement: the module, the names taken from it, and the names used by the code around it."""

    module: str
    names: tuple[str, ...] = ()
    used: tuple[str, ...] = ()


@functools.cache
def registered(algorithm: str) -> Registered:
    """Return an installed algorithm. Raises RegistryError, LookupError."""
    registry = load_registry()
    if algorithm not in registry:
        raise LookupError(f"it is not installed; installed: {', '.join(registry) or 'none'}")
    return registry[algorithm]


def imports(run: Callable[..., Any]) -> list[Import]:
    """Return what a function imports in its body, and in the bodies of its module's other functions.

    The same of each module of its own package that one of them imports.
    """
    own, found, modules = run.__module__.partition(".")[0], dict[Import, None](), [run.__module__]
    for name in modules:  # grows
        for each in _of_module(name):
            found[each] = None
            if each.module.partition(".")[0] == own and each.module not in modules:
                modules.append(each.module)
    return list(found)


def _of_module(name: str) -> Iterator[Import]:
    with contextlib.suppress(ImportError):  # left for the job that needs it to say
        module = importlib.import_module(name)
        own = [each for each in vars(module).values() if getattr(each, "__module__", None) == name]
        for code in (each.__code__ for each in own if hasattr(each, "__code__")):
            yield from _imports(code, module.__package__ or "")


def perform(wanted: Iterable[Import]) -> None:
    """Import modules; one that is not there is left for the job that needs it to say."""
    for each in wanted:
        with contextlib.suppress(ImportError):
            module = importlib.import_module(each.module)
            taken = [getattr(module, name, None) for name in each.names]
            # Packages such as skimage load their parts when they are first used.
            for found in (module, *(one for one in taken if isinstance(one, ModuleType))):
                for name in set(each.used) & set(dir(found)):
                    getattr(found, name, None)


def _imports(code: CodeType, package: str) -> Iterator[Import]:
    instructions = [each for each in dis.get_instructions(code) if each.opname not in ("CACHE", "EXTENDED_ARG")]
    for index, each in enumerate(instructions):
        if each.opname == "IMPORT_NAME":
            level, names = instructions[index - 2].argval, instructions[index - 1].argval
            module = str(each.argval)
            if isinstance(level, int) and level > 0:
                module = importlib.util.resolve_name("." * level + module, package)
            yield Import(module, tuple(name for name in names or () if name != "*"), code.co_names)
    if set(code.co_names) & CONVERSIONS:
        yield Import("algorithms.simpleitk")
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield from _imports(constant, package)
