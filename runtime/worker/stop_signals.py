"""The signals that stop a worker: taken from who runs it, not from the algorithm's processes, which are the same user.

A job that had its worker stopped would be given back each time, without an attempt, and would never end. In a task the
worker is the first process of its container, so the kernel keeps all other signals of the container's processes from
it, and what comes from outside has no sender that is seen there (pid_namespaces(7), sigaction(2)).
"""

import os
import signal
import threading
from typing import Final

from runtime import procfs
from runtime.worker import log

SIGNALS: Final = (signal.SIGTERM, signal.SIGINT)
FIRST: Final = 1  # the process id of a container's first process
_stopped: Final = threading.Event()


def install() -> None:
    """Keep the signals until they are waited for. The main thread calls it before there are others."""
    for each in SIGNALS:
        signal.signal(each, _stop)
    if hasattr(signal, "sigtimedwait"):  # not on macOS
        signal.pthread_sigmask(signal.SIG_BLOCK, SIGNALS)


def wait(seconds: float) -> bool:
    """Return whether the worker is to stop; wait for that for some seconds."""
    if not hasattr(signal, "sigtimedwait") or _stopped.is_set():
        return _stopped.wait(seconds)
    got = signal.sigtimedwait(SIGNALS, seconds)
    # CPython returns what happens to be in memory, not None, if the process was paused for longer than the wait.
    if got is None or got.si_signo not in SIGNALS:
        return _stopped.is_set()
    if is_own(got.si_pid):
        log.line("signal_ignored", signal=signal.Signals(got.si_signo).name)
        return False
    return True


def _stop(_number: int, _frame: object) -> None:
    _stopped.set()


def is_own(sender: int) -> bool:
    """Return whether a process that this one is responsible for has sent a signal."""
    return (os.getpid() == FIRST and sender != 0) or sender in procfs.descendants(os.getpid())
