"""Ends what a process that led a group of its own has left running."""

import contextlib
import os
import signal
import time
from pathlib import Path

GONE_SECONDS = 5.0


def end_group(group: int) -> None:
    """Kill every process of the group and wait until none runs; a group that is gone already is none."""
    deadline = time.monotonic() + GONE_SECONDS
    with contextlib.suppress(ProcessLookupError):  # no process is left, not even one to be reaped
        while time.monotonic() < deadline:
            os.killpg(group, signal.SIGKILL)
            if not _runs(group):
                return
            time.sleep(0.01)


def _runs(group: int) -> bool:
    """Tell whether a process of the group runs; one that ended but was not reaped yet does not."""
    if not Path("/proc/self/stat").exists():  # not Linux: the signal tells
        return True
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            state, _parent, own = stat.read_text().rpartition(")")[2].split()[:3]
            if int(own) == group and state != "Z":
                return True
    return False
