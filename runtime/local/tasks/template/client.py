"""The supervisor's side of the template: starts it, has it fork tasks, learns how they end."""

import contextlib
import json
import os
import select
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from runtime.local.processes import group, guard
from runtime.local.tasks.template.request import COMPLETE, Request

MOST_BYTES: Final = 1 << 10  # of what the template tells
START_SECONDS: Final = 60.0  # that its imports may take on a busy machine
ANSWER_SECONDS: Final = 10.0
STATUS_SECONDS: Final = 1.0  # between the end of a task and the message that tells its status


class Template:
    """The running template. Any thread may ask how a task ended; one begins tasks."""

    def __init__(self, environment: Mapping[str, str], folder: Path) -> None:
        self._connection, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with theirs, (folder / "template.log").open("ab") as log:
            command = guard.command(sys.executable, "-m", "runtime.local.tasks.template", str(theirs.fileno()))
            self._process = subprocess.Popen(
                command,
                env=dict(environment),
                cwd=folder,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                pass_fds=[theirs.fileno()],
                process_group=0,
            )
        self._ready = False
        self._complete = False  # until then it may be importing, and answers late
        self._lock = threading.Lock()
        self._statuses: dict[int, int] = {}

    @property
    def pid(self) -> int:
        """The template's process id."""
        return self._process.pid

    def begin(self, request: Request, log: int) -> "ForkedTask | None":
        """Begin a task whose output goes to the file `log`; None if the template cannot."""
        with self._lock:
            try:
                while not self._ready:
                    self._next(START_SECONDS)
                request.send(self._connection, log)
                while "begun" not in (answer := self._next(self._patience(ANSWER_SECONDS))):
                    pass
                return ForkedTask(self, int(answer["begun"]))
            except OSError:  # it has ended, or the task has already: the usual way tells more
                return None

    def complete(self) -> None:
        """Have it import what workers need, which it does before the first of them otherwise."""
        with self._lock, contextlib.suppress(OSError):  # it has ended
            self._connection.send(COMPLETE)

    def until_complete(self, seconds: float) -> None:
        """Wait until it has imported what workers need, but for so many seconds at most."""
        deadline = time.monotonic() + seconds
        with self._lock, contextlib.suppress(OSError):
            while not self._complete and (left := deadline - time.monotonic()) > 0:
                self._next(left)

    def _patience(self, seconds: float) -> float:
        return seconds if self._complete else START_SECONDS

    def _next(self, seconds: float) -> dict[str, Any]:
        """Return the next message; raise an OSError if there is none."""
        self._connection.settimeout(seconds)
        content = self._connection.recv(MOST_BYTES)
        if not content:
            raise ConnectionResetError
        message: dict[str, Any] = json.loads(content)
        if "ended" in message:
            self._statuses[message["ended"]] = message["status"]
        self._ready = self._ready or "ready" in message
        self._complete = self._complete or "complete" in message
        return message

    def status(self, process: int) -> int:
        """Return the exit status of a task that has ended, negative for a signal."""
        with self._lock, contextlib.suppress(OSError):
            while process not in self._statuses:
                self._next(self._patience(STATUS_SECONDS))
        return self._statuses.pop(process, -signal.SIGTERM)

    def close(self) -> None:
        """End it, and its tasks with it."""
        self._connection.close()
        self._process.terminate()
        self._process.wait()
        group.end_group(self._process.pid)


class ForkedTask:
    """A task that the template has forked, as far as `subprocess.Popen` is known to a task's owner."""

    def __init__(self, template: Template, pid: int) -> None:
        self.pid = pid
        self.returncode: int | None = None
        self._template = template
        self._descriptor = os.pidfd_open(pid)
        self._lock = threading.Lock()

    def poll(self) -> int | None:
        """Return the exit status, None while it runs."""
        return self._wait(0)

    def wait(self) -> int:
        """Wait for its end and return the exit status."""
        while (status := self._wait(None)) is None:
            pass
        return status

    def terminate(self) -> None:
        """Send SIGTERM."""
        with self._lock, contextlib.suppress(ProcessLookupError):
            if self.returncode is None:
                signal.pidfd_send_signal(self._descriptor, signal.SIGTERM)

    def _wait(self, milliseconds: int | None) -> int | None:
        with self._lock:
            if self.returncode is None:
                ended = select.poll()
                ended.register(self._descriptor, select.POLLIN)
                if ended.poll(milliseconds):
                    self.returncode = self._template.status(self.pid)
                    os.close(self._descriptor)
            return self.returncode
