"""Ends a command in order at the first Ctrl-C or SIGTERM; a second one does not interrupt the clean-up."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

SIGNALS = (signal.SIGINT, signal.SIGTERM)


class Stopped(BaseException):
    """Raised in the main thread by the first Ctrl-C or SIGTERM."""


@contextmanager
def stoppable() -> Iterator[None]:
    """Turn the first Ctrl-C or SIGTERM into `Stopped` and ignore those after it."""

    def stop(number: int, frame: FrameType | None) -> None:
        for each in SIGNALS:
            signal.signal(each, signal.SIG_IGN)
        raise Stopped

    before = {each: signal.signal(each, stop) for each in SIGNALS}
    try:
        yield
    finally:
        for each, handler in before.items():
            signal.signal(each, handler)
