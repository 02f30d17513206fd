"""The process that loads the algorithm and forks every child: starts it, and tells whether it still lives."""

import contextlib
import multiprocessing
import os
import signal
import tempfile
import time
from collections.abc import Generator
from multiprocessing import forkserver, resource_tracker, util
from pathlib import Path
from typing import Any

from runtime.worker.child.fork import isolation, preload

START_SECONDS = 120  # the first import of the numeric packages from a cold disk, and the algorithm's preparation
FORK_SECONDS = START_SECONDS + 10.0  # in which a child is there, or the process that forks it is stopped
# A socket's address has room for 107 bytes, of which its name and its folder's take 33.
LONGEST_FOLDER = 70
UNTOLD = 255  # the status of a child of which the process that forked it told none, since it has ended as well
LOOK_SECONDS = 0.01
context = multiprocessing.get_context("forkserver")


def prepare(algorithm: str) -> None:
    """Start the process that loads the algorithm and forks every child."""
    os.environ[preload.ALGORITHM_VARIABLE] = algorithm
    os.environ[preload.WORKER_VARIABLE] = str(os.getpid())
    os.environ[preload.START_VARIABLE] = str(START_SECONDS)
    forkserver.set_forkserver_preload(["runtime.worker.child.fork.forkserver"])
    _keep_sockets_short()
    ensure_running()


def ensure_running() -> int:
    """Return the id of the process that forks children; it may have been killed as well."""
    server: Any = forkserver._forkserver  # pyright: ignore # neither pid has a public name
    tracker: Any = resource_tracker._resource_tracker  # pyright: ignore
    if any(pid is None or has_ended(pid) for pid in (server._forkserver_pid, tracker._pid)):
        with isolation.without_secrets():
            with _silent():
                tracker.ensure_running()
            server.ensure_running()
    return server._forkserver_pid


@contextlib.contextmanager
def own_processes() -> Generator[set[int | None]]:
    """Hold off the start of another process that forks children; give the ids of those that the worker has for that."""
    server: Any = forkserver._forkserver  # pyright: ignore
    with server._lock:
        yield {server._forkserver_pid, resource_tracker._resource_tracker._pid}  # pyright: ignore


@contextlib.contextmanager
def _silent() -> Generator[None]:
    """Let what is started print nothing: children can have the resource tracker complain of what they tell it.

    The start of a resource tracker changes which signals the thread takes; that is undone.
    """
    kept, mask = os.dup(2), signal.pthread_sigmask(signal.SIG_BLOCK, [])
    try:
        with Path(os.devnull).open("wb") as nothing:
            os.dup2(nothing.fileno(), 2)
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)
        signal.pthread_sigmask(signal.SIG_SETMASK, mask)


def stop(process: int) -> None:
    """Kill the process that forks children: it has come to no child, as an algorithm may have stopped it."""
    with contextlib.suppress(ProcessLookupError):
        os.kill(process, signal.SIGKILL)


def has_ended(process: int, within: float = 0.0) -> bool:
    """Return whether a process of the worker's has ended, or ends within some seconds."""
    if not hasattr(os, "waitid"):  # macOS before Python 3.13
        return True
    deadline = time.monotonic() + within
    try:
        while os.waitid(os.P_PID, process, os.WEXITED | os.WNOHANG | os.WNOWAIT) is None:
            if time.monotonic() >= deadline:
                return False
            time.sleep(LOOK_SECONDS)
    except ChildProcessError:
        return True
    return True


def ended_by_alarm(process: int) -> bool:
    """Return whether a process that has ended, or is about to, took longer than it may."""
    if not hasattr(os, "waitid"):
        return False
    try:
        ended = os.waitid(os.P_PID, process, os.WEXITED | os.WNOWAIT)
    except ChildProcessError:
        return False
    return ended is not None and ended.si_code != os.CLD_EXITED and ended.si_status == signal.SIGALRM


def _keep_sockets_short() -> None:
    """Let multiprocessing make its sockets in /tmp where the temporary folder's path is too long for one."""
    usual = tempfile.tempdir
    if len(tempfile.gettempdir()) > LONGEST_FOLDER:
        tempfile.tempdir = "/tmp"  # noqa: S108 - a folder of its own is made in it
        util.get_temp_dir()  # which is then remembered
        tempfile.tempdir = usual
