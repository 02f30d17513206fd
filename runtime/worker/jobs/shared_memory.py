"""Removes shared memory that a job has left behind: it outlives all processes, and the next jobs would lack it.

In a task nobody else has any. Sources: shm_overview(7), shmctl(2), proc_sysvipc(5).
"""

import contextlib
import ctypes
import os
from pathlib import Path
from typing import Final

from runtime.worker import stop_signals
from runtime.worker.jobs import folders

POSIX: Final = Path("/dev/shm")  # noqa: S108 - where Linux keeps it, in a container 64 MiB
SYSTEM_V: Final = Path("/proc/sysvipc/shm")
IPC_RMID: Final = 0


def found() -> set[str | int]:
    """Return what there is: names of POSIX's, identifiers of System V's."""
    there: set[str | int] = set()
    with contextlib.suppress(OSError):
        there |= {each.name for each in POSIX.iterdir()}
    with contextlib.suppress(OSError):
        there |= {int(line.split()[1]) for line in SYSTEM_V.read_text().splitlines()[1:]}
    return there


def remove(but: set[str | int]) -> None:
    """Remove what a job has left, all except `but`: what was there before it may be the algorithm's own preparation.

    Outside a task nothing is removed: others have the same user there.
    """
    for each in found() - but if os.getpid() == stop_signals.FIRST else ():
        if isinstance(each, int):
            ctypes.CDLL(None).shmctl(each, IPC_RMID, None)
        elif (path := POSIX / each).is_dir() and not path.is_symlink():
            folders.remove(path)
        else:
            with contextlib.suppress(OSError):
                path.unlink()
