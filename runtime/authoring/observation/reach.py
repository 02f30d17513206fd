"""What code reaches for outside of its process: files that it writes, and other machines that it calls.

Python's own events tell it (https://docs.python.org/3/library/audit_events.html); what a library in C does is unseen.
"""

import contextlib
import inspect
import os
import sys
import tempfile
from collections.abc import Generator
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType
from typing import Any, Final, cast

WRITING: Final = os.O_WRONLY | os.O_RDWR | os.O_CREAT
ELSEWHERE: Final = ("/dev/", "/proc/")  # no files
MOST: Final = 20
OWN_MACHINE: Final = ("127.", "::1", "localhost", "0.0.0.0")  # noqa: S104 - recognised, not bound
CALLS: Final = {"socket.connect": 1, "socket.getaddrinfo": 0, "socket.gethostbyname": 0}  # where the address stands


@dataclass(slots=True)
class Reach:
    """What was seen: `written` files outside of the temporary folder and `called` machines, each with a line."""

    written: dict[str, str] = field(default_factory=dict[str, str])
    called: dict[str, str] = field(default_factory=dict[str, str])


_watching: list[tuple[Reach, str]] = []
_installed: list[bool] = []


@contextlib.contextmanager
def watched(file: str, reach: Reach) -> Generator[None]:
    """Note in `reach` what this process reaches for; `file` is the source whose lines are told."""
    if not _installed:  # a hook stays as long as its process
        _installed.append(True)
        sys.addaudithook(_hear)
    _watching.append((reach, file))
    try:
        yield
    finally:
        _watching.pop()


def _hear(event: str, arguments: tuple[Any, ...]) -> None:
    if not _watching:
        return
    if event == "open":
        path, _, flags = arguments
        if isinstance(path, str | bytes) and isinstance(flags, int) and flags & WRITING:
            _note(_watching[-1][0].written, _kept(os.fsdecode(path)))
    elif event in CALLS:
        _note(_watching[-1][0].called, _machine(arguments[CALLS[event]]))


def _note(seen: dict[str, str], what: str) -> None:
    if what and what not in seen and len(seen) < MOST:
        seen[what] = _line(inspect.currentframe(), _watching[-1][1])


def _kept(path: str) -> str:
    """Return a path that is neither below the temporary folder nor bytecode; empty otherwise."""
    whole = os.path.abspath(path)  # noqa: PTH100 - Path.resolve would ask the file system
    temporary = tempfile.tempdir or ""
    if whole.startswith(ELSEWHERE) or "__pycache__" in whole or (temporary and whole.startswith(f"{temporary}/")):
        return ""
    return whole


def _machine(address: Any) -> str:
    """Return the name or number of another machine; empty for this one, and for what is no machine."""
    host = cast("tuple[Any, ...]", address)[0] if isinstance(address, tuple) and address else cast("Any", address)
    if isinstance(host, bytes):
        host = host.decode("ascii", "replace")
    return host if isinstance(host, str) and host and not host.startswith((*OWN_MACHINE, "/", "\0")) else ""


def _line(frame: FrameType | None, file: str) -> str:
    while frame is not None:
        if frame.f_code.co_filename == file:
            return f"{Path(file).name}, line {frame.f_lineno}"
        frame = frame.f_back
    return ""
