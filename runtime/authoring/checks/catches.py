"""Finds where a module catches errors that are not its own: that memory ran out, or that the process shall end."""

import ast
import inspect
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

ALL: Final = {"BaseException", "SystemExit", "KeyboardInterrupt", "GeneratorExit"}


def catching_all(run: Any) -> Iterator[str]:
    """Yield `file, line N` of each handler that keeps such an error, in the module of an algorithm's function."""
    module = sys.modules.get(run.__module__)
    try:
        source = inspect.getsource(module) if module else ""
        tree = ast.parse(source)
    except (OSError, TypeError, SyntaxError):  # no source of Python
        return
    for node in ast.walk(tree):
        if isinstance(node, ast.ExceptHandler) and _is_all(node.type) and not _raises(node):
            yield f"{Path(inspect.getfile(run)).name}, line {node.lineno}"


def _is_all(caught: ast.expr | None) -> bool:
    if caught is None:
        return True
    names = caught.elts if isinstance(caught, ast.Tuple) else [caught]
    return any(isinstance(each, ast.Name) and each.id in ALL for each in names)


def _raises(handler: ast.ExceptHandler) -> bool:
    return any(isinstance(each, ast.Raise) for statement in handler.body for each in ast.walk(statement))
