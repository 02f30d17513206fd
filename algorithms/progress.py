"""How an algorithm reports its progress."""

import math
from collections.abc import Callable

_reporter: Callable[[float], None] | None = None


def report_progress(fraction: float) -> None:
    """Report how much of the work is done, from 0 to 1; without a listener this does nothing.

    Values outside become the nearest end. Call it as often as convenient: the worker thins the reports out.

    Raises
    ------
    ValueError : if `fraction` is not a number.
    """
    if math.isnan(fraction):
        raise ValueError("progress is a fraction from 0 to 1, not NaN")
    if _reporter is not None:
        _reporter(min(max(float(fraction), 0.0), 1.0))


def set_reporter(reporter: Callable[[float], None] | None) -> None:
    """Send the reports of this process to `reporter`, or to nobody."""
    global _reporter  # one process runs one job: the reports have one listener
    _reporter = reporter
