"""What Linux offers to keep one process from another's business; elsewhere these do nothing.

Sources: prctl(2), landlock(7), linux/landlock.h.
"""

import contextlib
import ctypes
import os
import resource
import signal
import sys
from pathlib import Path
from typing import Final

PR_SET_PDEATHSIG: Final = 1
PR_SET_DUMPABLE: Final = 4
PR_SET_CHILD_SUBREAPER: Final = 36
PR_SET_NO_NEW_PRIVS: Final = 38
LANDLOCK_CREATE_RULESET: Final = 444
LANDLOCK_RESTRICT_SELF: Final = 446
# A domain needs some right that it governs. This one, to make block devices, nobody but root ever had.
LANDLOCK_ACCESS_FS_MAKE_BLOCK: Final = 1 << 11


def die_with(parent: int) -> None:
    """Let the kernel kill the calling process when its parent ends, however that ends."""
    if sys.platform == "linux":
        _prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() != parent:  # it died before the signal was set
            os._exit(1)


def hide() -> None:
    """Keep other processes of the same user from this one's memory and environment (`/proc/PID/mem`, `environ`)."""
    _prctl(PR_SET_DUMPABLE, 0)


def adopt_orphans() -> None:
    """Make what the calling process's descendants leave behind its own children, so that it can be found."""
    _prctl(PR_SET_CHILD_SUBREAPER, 1)


def confine() -> None:
    """Give up, for the calling process and all that come from it, new privileges and every look into other processes.

    The second needs a kernel with Landlock (5.13): a process in a Landlock domain may neither trace one outside it nor
    read its memory or environment, unless it is root.
    """
    if sys.platform != "linux":
        return
    _prctl(PR_SET_NO_NEW_PRIVS, 1)
    libc = ctypes.CDLL(None, use_errno=True)
    rights = ctypes.c_uint64(LANDLOCK_ACCESS_FS_MAKE_BLOCK)
    ruleset: int = libc.syscall(LANDLOCK_CREATE_RULESET, ctypes.byref(rights), ctypes.sizeof(rights), 0)
    if ruleset >= 0:
        libc.syscall(LANDLOCK_RESTRICT_SELF, ruleset, 0)
        os.close(ruleset)


def threads() -> int:
    """Return how many threads this user has, of all its processes; 0 if unknown."""
    count = 0
    for process in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            if process.stat().st_uid == os.getuid():
                count += len(list((process / "task").iterdir()))
    return count


def allocated_bytes() -> int:
    """Return how much memory the calling process has, by the kernel's count for RLIMIT_DATA; 0 if unknown."""
    try:
        pages = int(Path("/proc/self/statm").read_text().split()[5])
    except OSError:
        return 0
    return pages * resource.getpagesize()


def descendants(process: int) -> list[int]:
    """Return the processes that `process` started, those that they started, and so on."""
    found: list[int] = []
    for file in Path(f"/proc/{process}/task").glob("*/children"):
        with contextlib.suppress(OSError):
            for child in map(int, file.read_text().split()):
                found += [child, *descendants(child)]
    return found


def _prctl(option: int, value: int) -> None:
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(option, value, 0, 0, 0)
