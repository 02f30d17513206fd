"""Whether this worker hangs: its threads say that they go on, and a file tells.

ECS runs `python -m runtime.worker.health` in the container, which looks at the file, and replaces a task whose worker
hangs (docs.aws.amazon.com, "Determine Amazon ECS task health using container health checks").
"""

import sys
import tempfile
import threading
import time
from pathlib import Path

THREAD_SECONDS = 120.0  # how long a thread may take from one beat to the next: its calls to AWS end long before
FILE_SECONDS = 150.0  # how old the file of a worker may be that does not hang


def file() -> Path:
    """Return the file whose age tells."""
    return Path(tempfile.gettempdir()) / "imaging-worker-goes-on"


class Health:
    """Threads `beat`; whoever looks after them calls `tell`."""

    def __init__(self) -> None:
        self._beats: dict[str, float] = {}

    def beat(self) -> None:
        """Note that the calling thread goes on."""
        self._beats[threading.current_thread().name] = time.monotonic()

    def hanging(self) -> list[str]:
        """Return the threads that have not beaten for too long."""
        oldest = time.monotonic() - THREAD_SECONDS
        return [name for name, at in list(self._beats.items()) if at < oldest]

    def tell(self) -> None:
        """Renew the file unless a thread hangs."""
        if not self.hanging():
            file().touch()


def main() -> int:
    """Return 0 if the worker goes on, 1 if it hangs."""
    try:
        return int(time.time() - file().stat().st_mtime > FILE_SECONDS)
    except OSError:
        return 1


if __name__ == "__main__":
    sys.exit(main())
