"""Runs one local process instead of one container."""

import os
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from runtime.local.processes import group, guard
from runtime.local.tasks.template.client import ForkedTask, Template
from runtime.local.tasks.template.request import Request

# The variables that a process gets from the machine; all others come from the task definition.
INHERITED = ("HOME", "LANG", "LC_ALL", "LD_LIBRARY_PATH", "PATH", "PYTHONPATH", "SYSTEMROOT", "TZ")
FIRST_PAUSE, LONGEST_PAUSE = 0.2, 10.0
NICENESS = 10  # an algorithm at work must not slow the emulator, nor what else the machine does
# A process that ran for so many seconds has started well: its next failure is a new one.
STABLE_SECONDS = 10.0


def inherited(folder: Path) -> dict[str, str]:
    """Return the environment of a process whose temporary files are in `folder`, before that of its container."""
    own = {name: os.environ[name] for name in INHERITED if name in os.environ}
    return {**own, "TMPDIR": str(folder), "PYTHONUNBUFFERED": "1"}


@dataclass(frozen=True, slots=True)
class Container:
    """The container of a task definition."""

    name: str
    command: Sequence[str]
    environment: Mapping[str, str]
    stop_timeout: float = 30.0


@dataclass(slots=True)
class Task:
    """A task: one process of a container, from the template if that can fork it, begun again after growing pauses."""

    name: str
    container: Container
    log: Path
    folder: Path
    template: Template | None = None
    _process: subprocess.Popen[bytes] | ForkedTask | None = field(default=None, init=False)
    _pause: float = field(default=0.0, init=False)
    _started: float = field(default=0.0, init=False)
    _told: int = field(default=0, init=False)

    @property
    def pid(self) -> int | None:
        """The process's id while it runs."""
        return self._process.pid if self._process and self._process.poll() is None else None

    @property
    def started(self) -> float:
        """When its process was started last, by the monotonic clock; 0 if none was."""
        return self._started

    def tend(self) -> None:
        """Start the process if it does not run and its pause is over."""
        if self.pid is not None:
            return
        now = time.monotonic()
        if self._process is not None:  # it died
            lived = now - self._started
            if lived < self._pause:
                return
            stable = lived > STABLE_SECONDS
            self._pause = FIRST_PAUSE if stable else min(max(self._pause * 2, FIRST_PAUSE), LONGEST_PAUSE)
            self._note(f"ended with code {self._process.returncode}; starting it again")
        self._start()

    def _start(self) -> None:
        environment = {**inherited(self.folder), **self.container.environment}
        request = Request.of_command(self.container.command, environment, str(self.folder), NICENESS)
        with self.log.open("ab") as log:
            forked = self.template.begin(request, log.fileno()) if self.template and request else None
            self._process = forked or self._execute(environment, log)
        self._started = time.monotonic()

    def _execute(self, environment: Mapping[str, str], log: IO[bytes]) -> subprocess.Popen[bytes]:
        program, *arguments = self.container.command
        return subprocess.Popen(
            guard.command(sys.executable if program == "python" else program, *arguments, niceness=NICENESS),
            env=environment,
            cwd=self.folder,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            # A Ctrl-C then reaches the deployer first, which stops all in order. Not a session of its own: if Linux
            # divides the CPU time among sessions, niceness counts only within one.
            process_group=0,
        )

    def _note(self, text: str) -> None:
        with self.log.open("a") as log:
            log.write(f"supervisor: {self.name} {text}\n")

    def terminate(self) -> None:
        """Ask the process to stop."""
        if self._process is not None and self._process.poll() is None:
            self._told = self.log.stat().st_size
            self._process.terminate()

    def said(self) -> str:
        """Return what its processes have written, since it was asked to stop if it was."""
        with self.log.open("rb") as log:
            log.seek(self._told)
            return log.read().decode(errors="replace")

    def kill(self) -> None:
        """Kill the process and all that it left in its group."""
        if self._process is not None:
            group.end_group(self._process.pid)
            self._process.wait()
