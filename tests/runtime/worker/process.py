"""A worker as a process of its own."""

import json
import signal
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.runtime.worker.plugins import runs


@dataclass
class WorkerProcess:
    """A process of `python -m runtime.worker`, its log, and the file of its runs."""

    process: subprocess.Popen[bytes]
    output: Path
    runs_file: Path

    def log(self, event: str | None = None) -> list[dict[str, Any]]:
        """Return the lines that the worker itself logged."""
        lines = [line for line in self.output.read_text().splitlines() if line.startswith('{"time"')]
        return [line for line in map(json.loads, lines) if event in (None, line["event"])]

    def wait_log(self, event: str, seconds: float = 20, **fields: str) -> dict[str, Any]:
        """Wait for a line of this event with these fields, and return the first."""
        deadline = time.monotonic() + seconds
        while not (lines := [line for line in self.log(event) if fields.items() <= line.items()]):
            assert time.monotonic() < deadline and self.process.poll() is None, self.output.read_text()
            time.sleep(0.02)
        return lines[0]

    def wait_run(self, tag: str, seconds: float = 20) -> int:
        """Wait until the job with this tag runs and return the process that runs it."""
        deadline = time.monotonic() + seconds
        while not (processes := runs(self.runs_file, tag)):
            assert time.monotonic() < deadline, self.output.read_text()
            time.sleep(0.02)
        return processes[-1]

    def stop(self, seconds: float = 20) -> int:
        """Send SIGTERM and return the exit status."""
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(seconds)
