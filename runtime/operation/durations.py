"""How long the jobs of an algorithm took of late, beside what the algorithm declares."""

import json
import math
import statistics
from bisect import bisect_left
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from runtime.contracts import states
from runtime.operation import table
from runtime.operation.system import System

if TYPE_CHECKING:  # a function starts sooner without it
    from algorithms.declaration import Resources

DONE: Final = (states.SUCCEEDED, states.PARTIAL)
LEAST: Final = 20  # jobs below which no other declaration is proposed
FACTOR: Final = 1.5  # by which the median may differ from `typical_seconds`
NEAR: Final = 0.8  # the share of `timeout` that the 95th percentile may reach


@dataclass(frozen=True, slots=True)
class Recent:
    """The jobs of one algorithm that ended: the seconds of those that were timed, and how many jobs failed."""

    seconds: Sequence[float] = ()
    failed: int = 0

    @property
    def median(self) -> float | None:
        """The median of the seconds; None without jobs."""
        return statistics.median(self.seconds) if self.seconds else None

    @property
    def p95(self) -> float | None:
        """The 95th percentile of the seconds, by nearest rank; None without jobs."""
        return sorted(self.seconds)[math.ceil(0.95 * len(self.seconds)) - 1] if self.seconds else None


def recent(system: System, now: int, within: int, most: int = table.MOST) -> tuple[dict[str, Recent], bool]:
    """Return the jobs of each algorithm that ended in the last `within` ms before `now`, and whether that is all."""
    jobs, whole = table.ended(system, now, within, ("algorithm", "result"), most)
    spans: dict[str, list[tuple[int, int]]] = {}
    failed = Counter[str]()
    for job in jobs:
        hops: Mapping[str, int] = json.loads(job["result"])["hops"] if job["state"] in DONE and "result" in job else {}
        if "fetched" in hops and "computed" in hops:
            spans.setdefault(job["algorithm"], []).append((hops["fetched"], hops["computed"]))
        failed[job["algorithm"]] += job["state"] in states.FAILURES
    return {each: Recent(seconds(spans.get(each, ())), count) for each, count in failed.items()}, whole


def seconds(spans: Sequence[tuple[int, int]]) -> list[float]:
    """Return how long jobs were computed, by when each had its input and when it was computed, in ms.

    A job whose input is there may wait for one that is computed before it. So a job counts only if no other of its
    algorithm was computed in between.
    """
    ends = sorted(end for _, end in spans)
    return [(end - begin) / 1000 for begin, end in spans if bisect_left(ends, end) - bisect_left(ends, begin) == 0]


def proposal(jobs: Recent, declared: "Resources") -> Mapping[str, float]:
    """Return what to declare instead, by the parameter's name; nothing if the declaration fits, or of too few jobs."""
    if len(jobs.seconds) < LEAST or jobs.median is None or jobs.p95 is None:
        return {}
    better: dict[str, float] = {}
    if not declared.typical_seconds / FACTOR <= max(jobs.median, 0.01) <= declared.typical_seconds * FACTOR:
        better["typical_seconds"] = float(f"{max(jobs.median, 0.01):.2g}")
    if jobs.p95 > NEAR * declared.timeout:
        better["timeout"] = math.ceil(2 * jobs.p95)
    return better
