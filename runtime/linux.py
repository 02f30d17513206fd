"""What Linux offers to keep one process from another's business; elsewhere these do nothing.

Sources: prctl(2), landlock(7), linux/landlock.h, malloc.h.
"""

import contextlib
import ctypes
import os
import signal
import struct
import sys
from typing import Final

PR_SET_PDEATHSIG: Final = 1
PR_SET_DUMPABLE: Final = 4
PR_SET_CHILD_SUBREAPER: Final = 36
PR_GET_CHILD_SUBREAPER: Final = 37
PR_SET_NO_NEW_PRIVS: Final = 38
M_ARENA_MAX: Final = -8
LANDLOCK_CREATE_RULESET: Final = 444
LANDLOCK_ADD_RULE: Final = 445
LANDLOCK_RESTRICT_SELF: Final = 446
LANDLOCK_CREATE_RULESET_VERSION: Final = 1
LANDLOCK_RULE_PATH_BENEATH: Final = 1
# The one right that every domain takes away unless a rule gives it back: to rename and link between folders. The first
# version of Landlock knows no such rule.
LANDLOCK_ACCESS_FS_REFER: Final = 1 << 13
LEAST_VERSION: Final = 2
LANDLOCK_SCOPE_SIGNAL: Final = 1 << 1
SCOPE_VERSION: Final = 6


def die_with(parent: int, death_signal: signal.Signals = signal.Signals.SIGKILL) -> None:
    """Let the kernel signal the calling process when its parent's thread ends, however that ends."""
    if sys.platform == "linux":
        _prctl(PR_SET_PDEATHSIG, death_signal)
        if os.getppid() != parent:  # it died before the signal was set
            os._exit(1)


def hide() -> None:
    """Keep other processes of the same user from this one's memory and environment (`/proc/PID/mem`, `environ`)."""
    _prctl(PR_SET_DUMPABLE, 0)


def adopt_orphans() -> None:
    """Make what the calling process's descendants leave behind its own children, so that it can be found."""
    _prctl(PR_SET_CHILD_SUBREAPER, 1)


def adopts_orphans() -> bool:
    """Return whether the calling process adopts orphans."""
    if sys.platform != "linux":
        return False
    answer = ctypes.c_int()
    ctypes.CDLL(None, use_errno=True).prctl(PR_GET_CHILD_SUBREAPER, ctypes.byref(answer), 0, 0, 0)
    return answer.value == 1


def confine() -> None:
    """Give up, for the calling process and all that come from it, new privileges and every hold on other processes.

    The second needs a kernel with Landlock (5.19): a process in a Landlock domain may neither trace one outside it nor
    read its memory or environment, unless it is root; since 6.12 it may not send it a signal either. The domain takes
    no right to any file away.
    """
    if sys.platform != "linux":
        return
    _prctl(PR_SET_NO_NEW_PRIVS, 1)
    call = ctypes.CDLL(None, use_errno=True).syscall
    version: int = call(LANDLOCK_CREATE_RULESET, None, ctypes.c_size_t(0), LANDLOCK_CREATE_RULESET_VERSION)
    if version < LEAST_VERSION:
        return
    # handled_access_fs, handled_access_net, scoped: of an older kernel the first alone
    rights = [LANDLOCK_ACCESS_FS_REFER, *((0, LANDLOCK_SCOPE_SIGNAL) if version >= SCOPE_VERSION else ())]
    attributes = ctypes.create_string_buffer(struct.pack(f"={len(rights)}Q", *rights), 8 * len(rights))
    ruleset: int = call(LANDLOCK_CREATE_RULESET, attributes, ctypes.c_size_t(8 * len(rights)), 0)
    if ruleset < 0:
        return
    root = os.open("/", os.O_PATH | os.O_CLOEXEC)
    rule = ctypes.create_string_buffer(struct.pack("=Qi", LANDLOCK_ACCESS_FS_REFER, root))
    if call(LANDLOCK_ADD_RULE, ruleset, LANDLOCK_RULE_PATH_BENEATH, rule, 0) == 0:
        call(LANDLOCK_RESTRICT_SELF, ruleset, 0)
    os.close(root)
    os.close(ruleset)


def keep_few_arenas() -> None:
    """Have all threads of the calling process take memory from two arenas (mallopt(3), of glibc alone).

    Otherwise each has one of its own, of which little is given back.
    """
    if sys.platform == "linux":
        with contextlib.suppress(AttributeError):  # another C library
            ctypes.CDLL(None).mallopt(M_ARENA_MAX, 2)


def give_memory_back() -> None:
    """Give the kernel what the calling process has freed and its allocator keeps (malloc_trim(3), of glibc alone)."""
    if sys.platform == "linux":
        with contextlib.suppress(AttributeError):  # another C library
            ctypes.CDLL(None).malloc_trim(ctypes.c_size_t(0))


def _prctl(option: int, value: int) -> None:
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(option, value, 0, 0, 0)
