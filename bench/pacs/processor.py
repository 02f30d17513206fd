"""Processor time of a server, which other work on the machine changes less than the time that its calls take."""

import os
from pathlib import Path
from typing import Final

TICKS: Final = os.sysconf("SC_CLK_TCK")


def processor_seconds(process: int) -> float:
    """Return the processor time that a process and those that it has started have taken so far, while they live."""
    parents: dict[int, int] = {}
    taken: dict[int, float] = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except OSError:
            continue  # it has just ended
        each = int(stat.parent.name)
        parents[each], taken[each] = int(fields[1]), (int(fields[11]) + int(fields[12])) / TICKS
    return sum(seconds for each, seconds in taken.items() if _descends(each, process, parents))


def _descends(process: int, ancestor: int, parents: dict[int, int]) -> bool:
    while process != ancestor and process in parents:
        process = parents[process]
    return process == ancestor
