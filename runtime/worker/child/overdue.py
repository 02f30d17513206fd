"""Kills a process whose answer another thread waits for without looking at the clock."""

import contextlib
import threading
from collections.abc import Callable, Generator


@contextlib.contextmanager
def kill_after(seconds: float, kill: Callable[[], None]) -> Generator[None]:
    """Call `kill` from another thread if the body takes longer than that."""
    timer = threading.Timer(seconds, kill)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
