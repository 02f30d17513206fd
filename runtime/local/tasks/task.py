"""One local process in the place of one container."""

import os
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from runtime.local.processes import group, guard

# What a process gets of the machine's environment; everything else comes from the task definition.
INHERITED = ("HOME", "LANG", "LC_ALL", "LD_LIBRARY_PATH", "PATH", "PYTHONPATH", "SYSTEMROOT", "TZ")
FIRST_PAUSE, LONGEST_PAUSE = 0.2, 10.0
NICENESS = 10  # an algorithm at work must make neither the emulator slow nor the machine's owner wait
# A process that lived so long has started well: the next failure is a new one.
STABLE_SECONDS = 10.0


@dataclass(frozen=True, slots=True)
class Container:
    """What a task definition says about its container."""

    name: str
    command: Sequence[str]
    environment: Mapping[str, str]
    stop_timeout: float = 30.0


@dataclass(slots=True)
class Task:
    """Keeps one process of a container running, with growing pauses between starts that fail."""

    name: str
    container: Container
    log: Path
    folder: Path
    _process: subprocess.Popen[bytes] | None = field(default=None, init=False)
    _pause: float = field(default=0.0, init=False)
    _started: float = field(default=0.0, init=False)

    @property
    def pid(self) -> int | None:
        """The process's id while it runs."""
        return self._process.pid if self._process and self._process.poll() is None else None

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
                # A Ctrl-C reaches the deployer first, which stops things in order. Not a session of its own: where
                # Linux shares the machine out by sessions, niceness has a meaning only within one.
                process_group=0,
            )
        self._started = time.monotonic()

    def _note(self, text: str) -> None:
        with self.log.open("a") as log:
            log.write(f"supervisor: {self.name} {text}\n")

    def terminate(self) -> None:
        """Ask the process to stop."""
        if self._process is not None and self._process.poll() is None:
            self._process.terminate()

    def kill(self) -> None:
        """End the process, and whatever it left in its group, whether it wants or not."""
        if self._process is not None:
            group.end_group(self._process.pid)
            self._process.wait()
