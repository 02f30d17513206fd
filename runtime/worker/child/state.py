"""The state of the child's process that an algorithm may change and leave: each job finds it as the first one did."""

import contextlib
import os
import resource
import signal
import socket
import sys
from pathlib import Path
from typing import Final

TIMERS: Final = (signal.ITIMER_REAL, signal.ITIMER_VIRTUAL, signal.ITIMER_PROF)
STREAMS: Final = (1, 2)


class ProcessState:
    """The state as it is when this is made, in the child before its first job; `restore` puts it back."""

    def __init__(self) -> None:
        import numpy as np

        self._numpy = np
        self._errors = np.geterr()
        self._folder = Path.cwd()
        self._environment = dict(os.environ)
        self._mask = os.umask(0o077)
        os.umask(self._mask)
        self._recursion = sys.getrecursionlimit()
        self._texts = (sys.stdin, sys.stdout, sys.stderr)
        # Not to be inherited, nor closed by whoever closes the usual ones.
        self._streams = {number: os.dup(number) for number in STREAMS}
        self._files = resource.getrlimit(resource.RLIMIT_NOFILE)[0]

    def restore(self) -> None:
        """Put the state back, as far as the system lets it."""
        for timer in TIMERS:  # one that an earlier job has set would end a later one
            signal.setitimer(timer, 0)
        with contextlib.suppress(OSError):  # the folder is gone
            os.chdir(self._folder)
        os.umask(self._mask)
        if dict(os.environ) != self._environment:
            os.environ.clear()
            os.environ.update(self._environment)
        with contextlib.suppress(RecursionError):  # of a limit below what is in use
            sys.setrecursionlimit(self._recursion)
        socket.setdefaulttimeout(None)
        self._numpy.seterr(**self._errors)
        self._restore_streams()

    @property
    def is_spent(self) -> bool:
        """Whether jobs have left so many files open that a later one might open none."""
        with contextlib.suppress(OSError):
            return sum(1 for _ in Path("/proc/self/fd").iterdir()) > self._files // 2
        return False

    def _restore_streams(self) -> None:
        for number, kept in self._streams.items():
            with contextlib.suppress(OSError):  # the copy is closed as well
                if not _is_same(number, kept):
                    os.dup2(kept, number)
        sys.stdin, sys.stdout, sys.stderr = self._texts
        for number, name in zip(STREAMS, ("stdout", "stderr"), strict=True):
            if getattr(sys, name).closed:
                setattr(sys, name, open(number, "w", closefd=False))  # noqa: SIM115 - for as long as the process


def _is_same(one: int, other: int) -> bool:
    try:
        return os.path.sameopenfile(one, other)
    except OSError:
        return False
