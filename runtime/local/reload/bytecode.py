"""Keeps Python from taking compiled code of an earlier save for the code of the last one."""

import importlib.util
import py_compile
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from py_compile import PycInvalidationMode


def check_bytecode(files: Iterable[Path]) -> None:
    """Compile modules so that Python compares them with their source by content from then on.

    By default it compares size and time in whole seconds, which two saves of one second may share. It keeps the way of
    comparing that a file was compiled with: https://docs.python.org/3/reference/import.html#cached-bytecode-invalidation
    """
    for file in files:
        if file.suffix != ".py":
            continue
        try:
            py_compile.compile(str(file), doraise=True, invalidation_mode=PycInvalidationMode.CHECKED_HASH)
        except (py_compile.PyCompileError, OSError):  # whoever imports it is told why
            with suppress(OSError):  # nothing is written where nothing may be removed
                Path(importlib.util.cache_from_source(str(file))).unlink(missing_ok=True)
