"""What the plugin prints: in the worker's log, marked with the job, and no more than a bound."""

import os
import threading
from pathlib import Path
from select import POLLIN, poll
from typing import Final

from runtime.worker import log

VARIABLE: Final = "IMAGING_WORKER_OUTPUT"
MOST_BYTES: Final = 16 << 10  # of one job
LONGEST_LINE: Final = 1000
READS = 64  # in a row: whoever prints without end does not keep the worker from its next job


class Output:
    """A pipe with a name, into which the fork server and all that come from it print. One thread empties it."""

    def __init__(self, folder: Path) -> None:
        path = folder / "output"
        os.mkfifo(path, 0o600)
        # For reading and writing: it must not end when a fork server does.
        self._pipe = os.open(path, os.O_RDWR | os.O_NONBLOCK | os.O_CLOEXEC)
        os.environ[VARIABLE] = str(path)
        self._lock = threading.Lock()
        self._job_id: str | None = None
        self._room = MOST_BYTES
        self._rest = b""
        threading.Thread(target=self._run, name="output", daemon=True).start()

    def attribute(self, job_id: str | None) -> None:
        """Mark what is printed from now on with this job."""
        with self._lock:
            self._read()
            self._tell(final=True)
            self._job_id, self._room = job_id, MOST_BYTES

    def _run(self) -> None:
        ready = poll()
        ready.register(self._pipe, POLLIN)  # one can always write to it
        while True:
            ready.poll()
            with self._lock:
                self._read()

    def _read(self) -> None:
        for _ in range(READS):
            try:
                self._rest += os.read(self._pipe, MOST_BYTES)
            except BlockingIOError:
                return
            self._tell(final=False)

    def _tell(self, final: bool) -> None:
        *lines, self._rest = self._rest.split(b"\n")
        if final or len(self._rest) > LONGEST_LINE:
            lines, self._rest = [*lines, self._rest], b""
        for line in lines:
            if line and self._room > 0:
                self._room -= len(line)
                log.line("algorithm_output", job_id=self._job_id, text=line[:LONGEST_LINE].decode(errors="replace"))
                if self._room <= 0:
                    log.line("algorithm_output_cut", job_id=self._job_id, bytes=MOST_BYTES)


def redirect() -> None:
    """Let the calling process and all that come from it print into the worker's pipe."""
    if path := os.environ.get(VARIABLE):
        pipe = os.open(path, os.O_WRONLY)
        os.dup2(pipe, 1)
        os.dup2(pipe, 2)
        os.close(pipe)
