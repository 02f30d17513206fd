"""Ends the processes that jobs have left behind, whatever became of the process that forked their children."""

import contextlib
import os
import signal

from runtime import linux, procfs
from runtime.worker.child.fork import forking

KILLS = 100  # rounds against processes that start others while they are killed


def end(server: int, child: int | None) -> bool:
    """Kill what the children of the fork server `server` started and left behind, all but the child itself.

    Return whether there was anything.

    A fork server that has ended kept nothing: the kernel gave what it had to the worker, if that adopts orphans.
    """
    return _end_orphans() if forking.has_ended(server) else _kill_all(server, {child})


def _end_orphans() -> bool:
    if not linux.adopts_orphans():  # then this process may have children that are no worker's
        return False
    with forking.own_processes() as own:
        living = {each for process in own if process is not None for each in procfs.descendants(process)}
        found = _kill_all(os.getpid(), own | living)
        for orphan in procfs.children(os.getpid()):
            if orphan not in own:
                with contextlib.suppress(ChildProcessError):
                    os.waitpid(orphan, os.WNOHANG)
    return found


def _kill_all(ancestor: int, spared: set[int | None]) -> bool:
    for number in range(KILLS):
        others = [each for each in procfs.descendants(ancestor) if each not in spared]
        if not others:
            return number > 0
        for process in others:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.kill(process, signal.SIGKILL)
    return True
