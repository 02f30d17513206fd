"""The child as the worker holds it: started, spoken to, killed."""

import contextlib
import multiprocessing
import os
import signal
from multiprocessing import connection, forkserver
from typing import Any

from runtime.worker import child, preload
from runtime.worker.task import Broken, Ready, Reply, Task

START_SECONDS = 120.0  # the first import of the numeric packages from a cold disk
_context = multiprocessing.get_context("forkserver")


class ChildError(Exception):
    """The child cannot be started: the algorithm cannot be loaded."""


class Died(Exception):  # noqa: N818 - it is what happened to the child
    """The child ended; `status` as multiprocessing has it, negative for a signal."""

    def __init__(self, status: int) -> None:
        super().__init__(_described(status))
        self.status = status


def prepare(address: str) -> None:
    """Choose the function whose imports every child shall have from the start; before the first child."""
    os.environ[preload.TARGET_VARIABLE] = address
    forkserver.set_forkserver_preload(["runtime.worker.warm"])
    forkserver.ensure_running()


class ChildProcess:
    """One child. One thread speaks to it; any may kill it."""

    def __init__(self, address: str, memory_bytes: int) -> None:
        ours, theirs = _context.Pipe()
        self._connection = ours
        server: Any = forkserver._forkserver  # pyright: ignore # its pid has no public name
        self._process = _context.Process(
            target=child.serve, args=(theirs, address, server._forkserver_pid, memory_bytes), daemon=True
        )
        self._process.start()
        theirs.close()
        self.tasks = 0
        self._killed = False
        try:
            first = self.receive(START_SECONDS)
        except Died as died:
            raise ChildError(f"the child that loads {address} {died}") from died
        if isinstance(first, Broken):
            raise ChildError(f"{address} cannot be loaded: {first.message}")
        if not isinstance(first, Ready):
            self.kill()
            raise ChildError(f"loading {address} took longer than {START_SECONDS:g} s")

    @property
    def is_usable(self) -> bool:
        """Whether it can take another task."""
        return not self._killed and self._process.is_alive()

    def send(self, task: Task) -> None:
        """Begin a task. Raises Died."""
        self.tasks += 1
        try:
            self._connection.send(task)
        except OSError:
            raise Died(self._status()) from None

    def receive(self, seconds: float) -> Reply | None:
        """Wait for what the child says next; None after `seconds`. Raises Died."""
        ready = connection.wait([self._connection, self._process.sentinel], max(0.0, seconds))
        if not ready:
            return None
        # What it said before it died counts.
        if self._connection in ready or self._connection.poll():
            with contextlib.suppress(EOFError, OSError):
                return self._connection.recv()
        raise Died(self._status())

    def kill(self) -> None:
        """End it and everything that it started."""
        self._killed = True
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self._process.pid or 0, signal.SIGKILL)
        self._process.kill()

    def close(self) -> None:
        """Kill it and forget it."""
        self.kill()
        self._process.join()
        self._connection.close()
        self._process.close()

    def _status(self) -> int:
        self._process.join(5)
        return self._process.exitcode if self._process.exitcode is not None else -signal.SIGKILL


def _described(status: int) -> str:
    if status >= 0:
        return f"exited with status {status}"
    try:
        return f"was ended by {signal.Signals(-status).name}"
    except ValueError:
        return f"was ended by signal {-status}"
