"""Jobs that arrive: when, and for how long each keeps a task busy. The same seed gives the same jobs."""

import math
import random
from collections.abc import Callable
from typing import NamedTuple

from algorithms.declaration import Resources

HOUR = 3600.0


class Job(NamedTuple):
    """One job: when it is sent and how long it takes, in seconds."""

    sent: float
    takes: float


def _takes(chance: random.Random, typical: float) -> float:
    """Return what one job takes: around the declared time, now and then a multiple of it."""
    return typical * chance.lognormvariate(-0.08, 0.4)


def _poisson(chance: random.Random, typical: float, hours: float, rate: Callable[[float], float]) -> list[Job]:
    """Return jobs whose arrivals are independent, `rate(second)` of them a second."""
    most = max(rate(second) for second in range(0, int(hours * HOUR), 60))
    jobs, now = list[Job](), 0.0
    while (now := now + chance.expovariate(most)) < hours * HOUR:
        if chance.random() < rate(now) / most:
            jobs.append(Job(now, _takes(chance, typical)))
    return jobs


def quiet(chance: random.Random, resources: Resources) -> list[Job]:
    """Now and then one person: a handful of jobs, twice in an hour."""
    jobs = list[Job]()
    for start in range(600, int(6 * HOUR), 1800):
        now = start + chance.uniform(-300, 300)
        for _ in range(chance.randint(2, 8)):
            now += chance.expovariate(1 / 40)
            jobs.append(Job(now, _takes(chance, resources.typical_seconds)))
    return jobs


def burst(chance: random.Random, resources: Resources) -> list[Job]:
    """Each hour many at once, onto a service at zero: as much as twelve tasks do within the acceptable latency."""
    count = int(12 * resources.acceptable_latency / resources.typical_seconds)
    return [
        Job(start + chance.uniform(0, 20), _takes(chance, resources.typical_seconds))
        for start in range(600, int(4 * HOUR), int(HOUR))
        for _ in range(count)
    ]


def steady(chance: random.Random, resources: Resources) -> list[Job]:
    """Four tasks' worth of work, hour after hour."""
    return _poisson(chance, resources.typical_seconds, 4, lambda _: 4 / resources.typical_seconds)


def diurnal(chance: random.Random, resources: Resources) -> list[Job]:
    """A day: nobody at night, six tasks' worth of work at noon."""
    return _poisson(
        chance,
        resources.typical_seconds,
        24,
        lambda now: max(0.0, -math.cos(now / (24 * HOUR) * math.tau)) * 6 / resources.typical_seconds,
    )


def huge(chance: random.Random, resources: Resources) -> list[Job]:
    """One task's worth of small jobs, and in each hour one job of half an hour among them."""
    jobs = _poisson(chance, resources.typical_seconds, 4, lambda _: 1 / resources.typical_seconds)
    return sorted([*jobs, *(Job(start, 1800.0) for start in range(900, int(4 * HOUR), int(HOUR)))])


SHAPES: dict[str, Callable[[random.Random, Resources], list[Job]]] = {
    "quiet": quiet,
    "burst": burst,
    "steady": steady,
    "diurnal": diurnal,
    "huge": huge,
}


def arrivals(shape: str, resources: Resources, seed: int) -> list[Job]:
    """Return the jobs of a shape in the order in which they are sent."""
    chance = random.Random(f"{shape} {resources.typical_seconds} {seed}")
    return sorted(SHAPES[shape](chance, resources))
