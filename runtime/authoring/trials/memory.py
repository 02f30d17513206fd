"""How much memory a computation took, as the worker limits it and as the kernel counts it."""

import contextlib
import re
import resource
from pathlib import Path
from typing import Final

FIELD: Final = re.compile(r"^(VmHWM|VmRSS):\s+(\d+) kB", re.MULTILINE)


class Meter:
    """Watches a process and all that it starts from outside. `peak` is in bytes beyond what it had at first."""

    def __init__(self, process: int) -> None:
        self._process = process
        self._data_at_first = _data(process)
        self._resident_at_first = _resident(process, "VmRSS")
        self.peak = 0

    def look(self) -> None:
        """Take what there is now into account; call it every few milliseconds."""
        self.peak = max(self.peak, _data(self._process) - self._data_at_first)

    def end(self) -> None:
        """Take the largest resident size into account, which the kernel kept: no short peak of used memory is missed.

        Call it while the process is still there, beside `forget_peak` called in it at the start.
        """
        self.look()
        self.peak = max(self.peak, _resident(self._process, "VmHWM") - self._resident_at_first)


def forget_peak() -> None:
    """Let the largest resident size of the calling process begin anew."""
    with contextlib.suppress(OSError):
        Path("/proc/self/clear_refs").write_text("5")


def _data(process: int) -> int:
    """Return what RLIMIT_DATA counts."""
    try:
        return int(Path(f"/proc/{process}/statm").read_text().split()[5]) * resource.getpagesize()
    except (OSError, IndexError):
        return 0


def _resident(process: int, field: str) -> int:
    try:
        found = dict(FIELD.findall(Path(f"/proc/{process}/status").read_text()))
    except OSError:
        return 0
    return int(found.get(field, 0)) << 10
