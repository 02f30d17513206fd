"""What keeps a job's misbehaviour inside the child that runs it. Linux; elsewhere only what it has."""

import contextlib
import ctypes
import faulthandler
import os
import resource
import signal
import sys
from pathlib import Path

PR_SET_PDEATHSIG = 1
MIB = 1 << 20
# What the worker itself needs of the task's memory: this process, the fork server and what they send.
RESERVE_MIB = 288
# However small the task: below this, hardly an image can be decoded.
LEAST_MIB = 64


def budget(memory_mib: int) -> int:
    """Return the bytes that a job may allocate in a task of so much memory."""
    return max(LEAST_MIB, memory_mib - RESERVE_MIB) * MIB


def isolate(parent: int, memory_bytes: int) -> None:
    """Confine the calling process, a child of `parent`, to `memory_bytes` more than it has now."""
    os.setpgrp()  # its own group: what the algorithm starts is killed with it
    for each in (signal.SIGTERM, signal.SIGINT):
        signal.signal(each, signal.SIG_DFL)
    os.dup2(2, 1)  # standard output carries the worker's log, one JSON object a line
    faulthandler.enable()
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # a core file would hold the patient's pixels
    die_with(parent)
    if sys.platform == "linux":
        with contextlib.suppress(OSError):
            Path("/proc/self/oom_score_adj").write_text("1000")  # the kernel takes the child, not the worker
        limit = allocated_bytes() + memory_bytes
        resource.setrlimit(resource.RLIMIT_DATA, (limit, limit))


def die_with(parent: int) -> None:
    """Let the kernel kill the calling process when its parent ends, however that ends."""
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() != parent:  # it died before the signal was set
            os._exit(1)


def allocated_bytes() -> int:
    """Return how much memory the calling process has, by the kernel's count for RLIMIT_DATA; 0 where unknown."""
    try:
        pages = int(Path("/proc/self/statm").read_text().split()[5])
    except OSError:
        return 0
    return pages * resource.getpagesize()
