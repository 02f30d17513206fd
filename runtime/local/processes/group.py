"""Ends the processes that the leader of a process group has left running."""

import contextlib
import os
import signal
import time
from pathlib import Path

GONE_SECONDS = 5.0


def end_group(group: int) -> None:
    """Kill every process of the group and wait until none runs; a group that is gone already is no error."""
    deadline = time.monotonic() + GONE_SECONDS
    with contextlib.suppress(ProcessLookupError):  # no process is left, not even one to reap
        while time.monotonic() < deadline:
            os.killpg(group, signal.SIGKILL)
            if not _runs(group):
                return
            time.sleep(0.01)


def _runs(group: int) -> bool:
    """Return whether a process of the group runs; one that ended but is not yet reaped does not."""
    if not Path("/proc/self/stat").exists():  # not Linux: only the signal shows it
        return True
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            state, _parent, own = stat.read_text().rpartition(")")[2].split()[:3]
            if int(own) == group and state != "Z":
                return True
    return False
