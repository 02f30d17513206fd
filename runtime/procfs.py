"""What Linux tells of processes under /proc (proc(5)); elsewhere there are none.

A process may also go between the opening of its file and the reading.
"""

import contextlib
import os
import resource
from pathlib import Path
from typing import Final

ENDED: Final = frozenset("ZXx")  # a zombie, which nobody has reaped yet, and what is about to vanish


def threads() -> int:
    """Return how many threads this user has, of all its processes that are seen from here."""
    count = 0
    for status in Path("/proc").glob("[0-9]*/status"):  # the folder of a hidden process is root's, whoever runs it
        with contextlib.suppress(OSError, KeyError):
            fields = dict(line.split(":\t", 1) for line in status.read_text().splitlines() if ":\t" in line)
            if int(fields["Uid"].split()[0]) == os.getuid():
                count += int(fields["Threads"])
    return count


def allocated_bytes() -> int:
    """Return how much memory the calling process has, by the kernel's count for RLIMIT_DATA; 0 if unknown."""
    try:
        pages = int(Path("/proc/self/statm").read_text().split()[5])
    except OSError:
        return 0
    return pages * resource.getpagesize()


def children(process: int) -> list[int]:
    """Return the processes that `process` started or adopted, those included that have ended."""
    found: list[int] = []
    for file in Path(f"/proc/{process}/task").glob("*/children"):
        with contextlib.suppress(OSError):
            found += map(int, file.read_text().split())
    return found


def descendants(process: int) -> list[int]:
    """Return the living processes that `process` started, those that they started, and so on."""
    found: list[int] = []
    for child in children(process):
        if is_running(child):
            found += [child, *descendants(child)]
    return found


def is_running(process: int) -> bool:
    """Return whether a process runs; one that has ended and is not yet reaped does not."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] not in ENDED
    except OSError:
        return False
