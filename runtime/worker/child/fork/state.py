"""The state of the child's process that an algorithm may change and leave: each job finds it as the first one did."""

import contextlib
import os
import resource
import signal
import socket
import sys
from pathlib import Path
from typing import Final

from runtime.worker.child.fork.interpreter import InterpreterState

TIMERS: Final = (signal.ITIMER_REAL, signal.ITIMER_VIRTUAL, signal.ITIMER_PROF)
STREAMS: Final = (1, 2)
LIMITS: Final = tuple(getattr(resource, name) for name in dir(resource) if name.startswith("RLIMIT_"))


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
        self._limits = {each: resource.getrlimit(each) for each in LIMITS}
        self._signals = {each: signal.getsignal(each) for each in signal.valid_signals()}
        self._blocked = signal.pthread_sigmask(signal.SIG_BLOCK, [])
        self._processors = _processors()
        self._niceness = os.getpriority(os.PRIO_PROCESS, 0)
        self._interpreter = InterpreterState()

    def restore(self) -> None:
        """Put the state back, as far as the system lets it."""
        for timer in TIMERS:  # one that an earlier job has set would end a later one
            signal.setitimer(timer, 0)
        with contextlib.suppress(OSError):  # the folder is gone
            os.chdir(self._folder)
        os.umask(self._mask)
        self._restore_signals()
        self._restore_limits()
        if dict(os.environ) != self._environment:
            os.environ.clear()
            os.environ.update(self._environment)
        with contextlib.suppress(RecursionError):  # of a limit below what is in use
            sys.setrecursionlimit(self._recursion)
        socket.setdefaulttimeout(None)
        self._numpy.seterr(**self._errors)
        self._restore_streams()
        self._interpreter.restore()

    @property
    def is_spent(self) -> bool:
        """Whether jobs have left what cannot be put back.

        Threads that go on, limits and a priority that only root could raise again, or so many open files that a later
        job might open none.
        """
        limits = any(resource.getrlimit(each)[1] != kept[1] for each, kept in self._limits.items())
        if limits or os.getpriority(os.PRIO_PROCESS, 0) != self._niceness or self._interpreter.has_threads:
            return True
        with contextlib.suppress(OSError):
            return sum(1 for _ in Path("/proc/self/fd").iterdir()) > self._files // 2
        return False

    def _restore_signals(self) -> None:
        """Put back the handlers that Python knows of, and which signals are held back."""
        for number, kept in self._signals.items():
            # Ignored ends of children, for one, make every program that a later job starts look as if it succeeded.
            if kept is not None and signal.getsignal(number) is not kept:
                with contextlib.suppress(OSError, ValueError):
                    signal.signal(number, kept)
        signal.pthread_sigmask(signal.SIG_SETMASK, self._blocked)

    def _restore_limits(self) -> None:
        for each, kept in self._limits.items():
            if resource.getrlimit(each) != kept:
                with contextlib.suppress(OSError, ValueError):  # only root could
                    resource.setrlimit(each, kept)
        if _processors() != self._processors:
            with contextlib.suppress(OSError):
                os.sched_setaffinity(0, self._processors)

    def _restore_streams(self) -> None:
        for number, kept in self._streams.items():
            with contextlib.suppress(OSError):  # the copy is closed as well
                if not _is_same(number, kept):
                    os.dup2(kept, number)
        sys.stdin, sys.stdout, sys.stderr = self._texts
        for number, name in zip(STREAMS, ("stdout", "stderr"), strict=True):
            if getattr(sys, name).closed:
                setattr(sys, name, open(number, "w", closefd=False))  # noqa: SIM115 - for as long as the process


def _processors() -> set[int]:
    return os.sched_getaffinity(0) if hasattr(os, "sched_getaffinity") else set()


def _is_same(one: int, other: int) -> bool:
    try:
        return os.path.sameopenfile(one, other)
    except OSError:
        return False
