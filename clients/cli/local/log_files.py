"""Reads the logs of the local system's tasks: one file a task, which grows as long as it runs."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final, NamedTuple

EVERY: Final = 0.5  # seconds between two looks
_TASK = re.compile(r"(?P<service>.+?)(?:-service)?-[0-9a-f]{7}-[0-9]+")


class Line(NamedTuple):
    """One logged line, and the service whose task logged it; the name of an algorithm's service is the algorithm's."""

    service: str
    text: str


def service(name: str) -> str:
    """Return the service of a log file, as algorithms are named in services: with hyphens."""
    found = _TASK.fullmatch(name.removesuffix(".log"))
    return found["service"] if found else name.removesuffix(".log")


class Logs:
    """The logs in a folder; each call of `new` returns the whole lines that were added since the last one."""

    def __init__(self, folder: Path, wanted: Callable[[str], bool] = lambda service: True) -> None:
        self._folder = folder
        self._wanted = wanted
        self._read: dict[Path, int] = {}

    def new(self) -> Iterator[Line]:
        """Yield the lines that came since the last call, file by file in the order of the tasks' starts."""
        for path in sorted(self._folder.glob("*.log"), key=lambda path: int(path.stem.rpartition("-")[2])):
            if not self._wanted(service(path.name)):
                continue
            try:
                with path.open("rb") as file:
                    file.seek(self._read.get(path, 0))
                    content = file.read()
            except FileNotFoundError:  # the system has just ended
                continue
            whole = content[: content.rfind(b"\n") + 1]  # the rest is still being written
            self._read[path] = self._read.get(path, 0) + len(whole)
            for text in whole.decode(errors="replace").splitlines():
                yield Line(service(path.name), text)
