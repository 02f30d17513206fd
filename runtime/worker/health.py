"""Shows whether this worker hangs: its threads report that they go on, and the age of a file tells ECS.

ECS runs `python -m runtime.worker.health` in the container, which checks the file, and replaces a task whose worker
hangs (docs.aws.amazon.com, "Determine Amazon ECS task health using container health checks").
"""

import contextlib
import sys
import tempfile
import threading
import time
from pathlib import Path

THREAD_SECONDS = 120.0  # the longest time between two signs of life of a thread: its calls to AWS end long before
FILE_SECONDS = 150.0  # the greatest age of the file of a worker that does not hang


def file() -> Path:
    """Return the file whose age tells whether the worker hangs."""
    return Path(tempfile.gettempdir()) / "imaging-worker-goes-on"


class Health:
    """The last sign of life of each thread. Threads call `sign_of_life`; the main thread calls `report`."""

    def __init__(self) -> None:
        self._last: dict[str, float] = {}

    def sign_of_life(self) -> None:
        """Note that the calling thread goes on."""
        self._last[threading.current_thread().name] = time.monotonic()

    def hanging(self) -> list[str]:
        """Return the names of the threads whose last sign of life is too long ago."""
        oldest = time.monotonic() - THREAD_SECONDS
        return [name for name, at in list(self._last.items()) if at < oldest]

    def report(self) -> None:
        """Renew the file unless a thread hangs; what an algorithm has put in its place ends no worker."""
        if not self.hanging():
            with contextlib.suppress(OSError):
                file().touch()


def main() -> int:
    """Return 0 if the worker goes on, 1 if it hangs."""
    try:
        return int(time.time() - file().stat().st_mtime > FILE_SECONDS)
    except OSError:
        return 1


if __name__ == "__main__":
    sys.exit(main())
