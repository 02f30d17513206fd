"""Ends a command in order at the first Ctrl-C, SIGTERM or SIGHUP (a closed terminal); a second does not interrupt."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Stopped(BaseException):
    """Raised in the main thread by the first of these signals."""


@contextmanager
def stoppable() -> Iterator[None]:
    """Turn the first of these signals into `Stopped` and ignore those after it; with nohup, a SIGHUP is ignored."""

    def stop(number: int, frame: FrameType | None) -> None:
        for each in SIGNALS:
            signal.signal(each, signal.SIG_IGN)
        raise Stopped

    kept = signal.SIGHUP if signal.getsignal(signal.SIGHUP) is signal.SIG_IGN else None
    before = {each: signal.signal(each, stop) for each in SIGNALS if each != kept}
    try:
        yield
    finally:
        for each, handler in before.items():
            signal.signal(each, handler)
