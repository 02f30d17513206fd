"""What keeps a job's misbehaviour inside the child that runs it, and the worker's secrets out of it."""

import contextlib
import faulthandler
import os
import resource
import signal
import sys
from collections.abc import Generator
from pathlib import Path
from typing import Final

from runtime import linux, procfs
from runtime.contracts.variables import worker_variables

MIB: Final = 1 << 20
# What the worker itself needs of the task's memory: this process, the fork server and what they send.
RESERVE_MIB: Final = 288
# However small the task: below this, hardly an image can be decoded.
LEAST_MIB: Final = 64
PROCESSES: Final = 512  # processes and threads that a job may have at a time
FILE_FACTOR: Final = 8  # the largest file that a job may write, as a multiple of its memory
# Credentials and the ways to them, and where the worker's queue, table, buckets and topics are.
SECRET_PREFIXES: Final = ("AWS_", "ECS_")
SECRET_NAMES: Final = frozenset(
    value for name, value in vars(worker_variables).items() if name.isupper() and isinstance(value, str)
) - {worker_variables.ALGORITHM}


def budget(memory_mib: int) -> int:
    """Return the bytes that a job may allocate in a task of so much memory."""
    return max(LEAST_MIB, memory_mib - RESERVE_MIB) * MIB


@contextlib.contextmanager
def without_secrets() -> Generator[None]:
    """Start processes that know neither credentials nor the addresses of anything."""
    secrets = {
        name: value for name, value in os.environ.items() if name in SECRET_NAMES or name.startswith(SECRET_PREFIXES)
    }
    for name in secrets:
        del os.environ[name]
    try:
        yield
    finally:
        os.environ.update(secrets)


def isolate(parent: int, memory_bytes: int, *, sole_user: bool) -> None:
    """Confine the calling process, a child of `parent`, to `memory_bytes` more than it has now.

    `sole_user` says that nobody else is this user, as in a task: else the number of its processes is not the job's.
    """
    os.setpgrp()  # its own group: what the algorithm starts is killed with it
    for each in (signal.SIGTERM, signal.SIGINT):
        signal.signal(each, signal.SIG_DFL)
    faulthandler.enable()
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # a core file would hold the patient's pixels
    linux.die_with(parent)
    if sys.platform == "linux":
        with contextlib.suppress(OSError):
            Path("/proc/self/oom_score_adj").write_text("1000")  # the kernel takes the child, not the worker
        limit = procfs.allocated_bytes() + memory_bytes
        resource.setrlimit(resource.RLIMIT_DATA, (limit, limit))
        if sole_user:
            _limit(resource.RLIMIT_NPROC, procfs.threads() + PROCESSES)
    _limit(resource.RLIMIT_FSIZE, FILE_FACTOR * memory_bytes)


def _limit(what: int, value: int) -> None:
    hard = resource.getrlimit(what)[1]
    value = value if hard == resource.RLIM_INFINITY else min(value, hard)
    resource.setrlimit(what, (value, value))
