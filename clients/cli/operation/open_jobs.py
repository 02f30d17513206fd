"""What the jobs table says of each algorithm: its oldest open job, and which jobs failed of late."""

from collections import Counter
from dataclasses import dataclass, field

from clients.cli.operation import table
from clients.cli.operation.system import System
from clients.cli.operation.table import MOST
from runtime.contracts import states


@dataclass(slots=True)
class Look:
    """When each algorithm's oldest open job was accepted (ms), how many jobs failed, and whether all jobs were read."""

    oldest: dict[str, int] = field(default_factory=dict[str, int])
    failed: Counter[str] = field(default_factory=Counter[str])
    whole: bool = True


def look(system: System, now: int, within: int, most: int = MOST) -> Look:
    """Look at the open jobs, and at those that ended failed or timed out in the last `within` ms before `now`."""
    found = Look()
    jobs, all_open = table.opened(system, ("algorithm", "t_accepted"), most)
    for job in jobs:
        found.oldest[job["algorithm"]] = min(job["t_accepted"], found.oldest.get(job["algorithm"], now))
    jobs, all_ended = table.ended(system, now, within, ("algorithm",), most)
    found.failed.update(job["algorithm"] for job in jobs if job["state"] in states.FAILURES)
    found.whole = all_open and all_ended
    return found
