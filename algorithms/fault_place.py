"""Where an error of a plugin's author is: file and line."""

import inspect
import sys
from importlib.metadata import EntryPoint
from importlib.util import find_spec
from pathlib import Path
from traceback import extract_tb
from types import ModuleType, TracebackType
from typing import Any, Final

import pluggy

from algorithms.errors import DeclarationError

# Files of those that call the author's code; a line of theirs tells the author nothing.
OURS: Final = Path(__file__).parent
BUILTIN: Final = OURS / "builtin"
CALLERS: Final = str(Path(pluggy.__file__).parent)


def place_of_error(error: BaseException) -> str:
    """Return `file:line` of the author's code that an error, or its cause, comes from; empty if none is known."""
    each: BaseException | None = error
    while each is not None:
        if isinstance(each, SyntaxError) and each.filename:
            return f"{each.filename}:{each.lineno or 1}"
        if place := _last_line(each.__traceback__):
            return place
        each = each.__cause__
    return ""


def place_of_function(run: Any) -> str:
    """Return `file:line` at which a function is defined; empty if it is none that Python source defines."""
    code = getattr(inspect.unwrap(run), "__code__", None)
    return f"{code.co_filename}:{code.co_firstlineno}" if code is not None else ""


def place_of_declaration(error: DeclarationError, algorithm: Any, module: ModuleType) -> str:
    """Return `file:line` to look at for a refused declaration; `algorithm` is None if the hook returned none."""
    if algorithm is None and error.__cause__:  # the hook failed, on a line of the author's
        return place_of_error(error.__cause__) or f"{module.__file__}:1"
    hook: object = getattr(module, "register_algorithms", None)
    return place_of_function(getattr(algorithm, "run", None)) or place_of_function(hook) or f"{module.__file__}:1"


def place_of_module(entry_point: EntryPoint) -> str:
    """Return `file:1` of an entry point's module; empty if there is none."""
    # Not `entry_point.module`: if there is none, each release of Python raises another error.
    name = entry_point.value.partition(":")[0].strip()
    try:
        file = getattr(sys.modules.get(name), "__file__", None) or getattr(find_spec(name), "origin", None)
    except (ImportError, ValueError, AttributeError):
        return ""
    return f"{file}:1" if file else ""


def _last_line(trace: TracebackType | None) -> str:
    frames = [frame for frame in extract_tb(trace) if _is_authors(frame.filename)]
    return f"{frames[-1].filename}:{frames[-1].lineno}" if frames else ""


def _is_authors(filename: str) -> bool:
    path = Path(filename)
    if filename.startswith("<"):  # no file: what a dataclass or another maker of code has made
        return False
    if path.is_relative_to(OURS):
        return path.is_relative_to(BUILTIN)
    return not filename.startswith(CALLERS) and "importlib" not in path.parts
