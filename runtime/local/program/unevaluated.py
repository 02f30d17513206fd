"""Compiles the modules of generated SDKs so that importing them evaluates no annotation.

A module of Pulumi's SDKs consists of little but annotations, which Python evaluates one by one as the module is
imported (up to Python 3.13). Here they stay texts, as after `from __future__ import annotations`; Pulumi evaluates
those of the classes that a program uses. The classes that describe dictionaries to type checkers alone become empty.
The result is kept beside Python's own bytecode, or nothing is changed if it cannot be.
"""

import __future__

import ast
import contextlib
import importlib.util
import marshal
import os
import sys
import tempfile
from importlib.machinery import ModuleSpec, SourceFileLoader
from pathlib import Path
from types import CodeType
from typing import Final

FOR_CHECKERS: Final = "TypedDict"
KIND: Final = "unevaluated1"  # part of the files' names: another number when `compiled` changes


def lazily(spec: ModuleSpec | None) -> ModuleSpec | None:
    """Return the specification of a module with this loader, if it has a source file."""
    if spec and spec.origin and type(spec.loader) is SourceFileLoader:
        spec.loader = Unevaluated(spec.name, spec.origin)
    return spec


class Unevaluated(SourceFileLoader):
    """Loads a module whose annotations stay texts."""

    def get_code(self, fullname: str) -> CodeType | None:
        """Return the module's code, from its file if that belongs to this source."""
        source = Path(self.get_filename(fullname))
        kept = Path(importlib.util.cache_from_source(source, optimization=KIND))
        about = source.stat()
        header = importlib.util.MAGIC_NUMBER + b"%d %d\n" % (about.st_mtime_ns, about.st_size)
        with contextlib.suppress(OSError, EOFError, ValueError, TypeError):
            content = kept.read_bytes()
            if content.startswith(header):
                return marshal.loads(memoryview(content)[len(header) :])  # noqa: S302 - Python's own bytecode is read so
        if sys.dont_write_bytecode or not _writable(kept.parent):
            return super().get_code(fullname)
        code = compiled(source.read_bytes(), source)
        with contextlib.suppress(OSError):
            _write(kept, header + marshal.dumps(code))
        return code


def compiled(source: bytes, path: Path) -> CodeType:
    """Return the code of a module without evaluated annotations."""
    tree = ast.parse(source, path)
    for each in tree.body:
        if isinstance(each, ast.ClassDef) and [ast.unparse(base) for base in each.bases] == [FOR_CHECKERS]:
            each.body = [ast.copy_location(ast.Pass(), each.body[0])]
    return compile(tree, path, "exec", flags=__future__.annotations.compiler_flag, dont_inherit=True)


def _writable(folder: Path) -> bool:
    with contextlib.suppress(OSError):
        folder.mkdir(parents=True, exist_ok=True)
    return os.access(folder, os.W_OK)


def _write(kept: Path, content: bytes) -> None:
    """Write a file at once, because several processes may do so."""
    with tempfile.NamedTemporaryFile(dir=kept.parent, delete=False) as file:
        file.write(content)
    Path(file.name).replace(kept)
