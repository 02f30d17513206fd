"""Kills the workers that poison jobs name, as their death by what a job does would be."""

import os
import signal
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path

from bench.chaos.signals import LOOK_SECONDS


@contextmanager
def executioner(condemned: Path) -> Iterator[None]:
    """Kill each process that is named in the file, on a line of its own, soon after it was."""
    stopping = False

    def run() -> None:
        done = 0
        while not stopping:
            named = condemned.read_text().split() if condemned.exists() else []
            for process in named[done:]:
                with suppress(ProcessLookupError):
                    os.kill(int(process), signal.SIGKILL)
            done = len(named)
            time.sleep(LOOK_SECONDS)

    with ThreadPoolExecutor(1, "executioner") as pool:
        running = pool.submit(run)
        try:
            yield
        finally:
            stopping = True
            running.result()
