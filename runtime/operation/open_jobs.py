"""What the jobs table says of each algorithm: its oldest open job, and which jobs failed of late."""

from collections import Counter
from dataclasses import dataclass, field

from runtime.contracts import states
from runtime.operation import table
from runtime.operation.system import System
from runtime.operation.table import MOST


@dataclass(slots=True)
class Look:
    """When each algorithm's oldest open job was accepted (ms), how many jobs failed, and whether all jobs were read."""

    oldest: dict[str, int] = field(default_factory=dict[str, int])
    failed: Counter[str] = field(default_factory=Counter[str])
    whole: bool = True


def look(system: System, now: int, within: int, most: int = MOST) -> Look:
    """Look at the open jobs, and at those that ended failed or timed out in the last `within` ms before `now`."""
    found = Look()
    found.oldest, all_open = oldest(system, now, most)
    jobs, all_ended = table.ended(system, now, within, ("algorithm",), most)
    found.failed.update(job["algorithm"] for job in jobs if job["state"] in states.FAILURES)
    found.whole = all_open and all_ended
    return found


def oldest(system: System, now: int, most: int = MOST) -> tuple[dict[str, int], bool]:
    """Return when the oldest open job of each algorithm was accepted, in ms, and whether all open jobs were read."""
    jobs, whole = table.opened(system, ("algorithm", "t_accepted"), most)
    found: dict[str, int] = {}
    for job in jobs:
        found[job["algorithm"]] = min(job["t_accepted"], found.get(job["algorithm"], now))
    return found, whole
