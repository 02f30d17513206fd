"""Says when a job that has not ended is expected to start and to end."""

from collections.abc import Mapping
from typing import Any


def text(job: Mapping[str, Any], now: float) -> str:
    """Return the place of a job and the seconds to its start and end, or nothing; `now` in seconds since the epoch."""
    known: Mapping[str, Any] | None = job.get("estimate")  # an earlier release's API has none
    if not known:
        return ""
    place = known["place"]
    parts = [f"place {_range(str(place['least']), str(place['most']))}"] if place else []
    parts += [f"starts {_in(known['start'], now)}"] if known["start"] else []
    return ", ".join([*parts, f"ends {_in(known['end'], now)}"])


def _in(span: Mapping[str, Any], now: float) -> str:
    earliest = _seconds(span["earliest"] / 1000 - now)
    if span["latest"] is None:
        return f"in {earliest} or later"
    return f"in {_range(earliest, _seconds(span['latest'] / 1000 - now))}"


def _range(least: str, most: str) -> str:
    return least if least == most else f"{least} to {most}"


def _seconds(value: float) -> str:
    seconds = max(0, round(value))
    if seconds < 120:
        return f"{seconds} s"
    return f"{round(seconds / 60)} min" if seconds < 7200 else f"{round(seconds / 3600)} h"
