"""Runs one local process instead of one container."""

import os
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from runtime.local.processes import group, guard

# The variables that a process gets from the machine; all others come from the task definition.
INHERITED = ("HOME", "LANG", "LC_ALL", "LD_LIBRARY_PATH", "PATH", "PYTHONPATH", "SYSTEMROOT", "TZ")
FIRST_PAUSE, LONGEST_PAUSE = 0.2, 10.0
NICENESS = 10  # an algorithm at work must not slow the emulator, nor what else the machine does
# A process that ran for so many seconds has started well: its next failure is a new one.
STABLE_SECONDS = 10.0


@dataclass(frozen=True, slots=True)
class Container:
    """The container of a task definition."""

    name: str
    command: Sequence[str]
    environment: Mapping[str, str]
    stop_timeout: float = 30.0


@dataclass(slots=True)
class Task:
    """A task: one process of a container, restarted after growing pauses if it ends."""

    name: str
    container: Container
    log: Path
    folder: Path
    _process: subprocess.Popen[bytes] | None = field(default=None, init=False)
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
        program, *arguments = self.container.command
        own = {name: os.environ[name] for name in INHERITED if name in os.environ}
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                guard.command(sys.executable if program == "python" else program, *arguments, niceness=NICENESS),
                env={**own, "TMPDIR": str(self.folder), "PYTHONUNBUFFERED": "1", **self.container.environment},
                cwd=self.folder,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                # A Ctrl-C then reaches the deployer first, which stops all in order. Not a session of its own: if Linux
                # divides the CPU time among sessions, niceness counts only within one.
                process_group=0,
            )
        self._started = time.monotonic()

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
