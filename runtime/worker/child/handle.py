"""The child as the worker holds it: started, spoken to, killed."""

import contextlib
import multiprocessing
import os
import select
import signal
import tempfile
from multiprocessing import forkserver, util
from typing import Any

from runtime.worker.child import main, preload
from runtime.worker.child.messages import Broken, Ready, Reply, Said, Task

START_SECONDS = 120.0  # the first import of the numeric packages from a cold disk
TASKS = 500  # after so many it is replaced: whatever the algorithm leaks is bounded
# A socket's address has room for 107 bytes, of which its name and its folder's take 33.
LONGEST_FOLDER = 70
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
    os.environ[preload.WORKER_VARIABLE] = str(os.getpid())
    forkserver.set_forkserver_preload(["runtime.worker.child.forkserver"])
    _keep_sockets_short()
    forkserver.ensure_running()


def _keep_sockets_short() -> None:
    """Let multiprocessing make its sockets in /tmp where the temporary folder's path is too long for one."""
    usual = tempfile.tempdir
    if len(tempfile.gettempdir()) > LONGEST_FOLDER:
        tempfile.tempdir = "/tmp"  # noqa: S108 - a folder of its own is made in it
        util.get_temp_dir()  # which is then remembered
        tempfile.tempdir = usual


class ChildProcess:
    """One child. One thread speaks to it; any may kill it."""

    def __init__(self, address: str, memory_bytes: int) -> None:
        ours, theirs = _context.Pipe()
        self._connection = ours
        forkserver.ensure_running()  # it may have been killed as well
        server: Any = forkserver._forkserver  # pyright: ignore # its pid has no public name
        self._process = _context.Process(
            target=main.serve, args=(theirs, address, server._forkserver_pid, memory_bytes), daemon=True
        )
        try:
            self._process.start()
        except (EOFError, OSError) as error:
            raise ChildError(f"the process that forks children died while it loaded {address}") from error
        theirs.close()
        self._events = select.poll()  # of what it says, and of its end
        self._events.register(ours, select.POLLIN)
        self._events.register(self._process.sentinel, select.POLLIN)
        self._tasks = 0
        self._allocated = 0
        self._may_grow = memory_bytes // 4
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
        self._at_first = self._allocated

    @property
    def is_usable(self) -> bool:
        """Whether it can take a task: it lives, has not had enough, and what tasks left behind leaves the next room."""
        spent = self._killed or self._tasks >= TASKS or self._allocated - self._at_first > self._may_grow
        return not (spent or self._events.poll(0))

    def send(self, task: Task) -> None:
        """Send it a task. Raises Died."""
        self._tasks += 1
        try:
            self._connection.send(task)
        except OSError:
            raise Died(self._status()) from None

    def receive(self, seconds: float) -> Reply | None:
        """Wait for what the child says next; None after `seconds`. Raises Died."""
        ready = dict(self._events.poll(max(0.0, seconds) * 1000))
        if not ready:
            return None
        # What it said before it died counts.
        if self._connection.fileno() in ready or self._connection.poll():
            with contextlib.suppress(EOFError, OSError):
                said: Said = self._connection.recv()
                self._allocated = said.allocated_bytes
                return said.reply
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
