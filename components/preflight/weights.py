"""Finds weights that are not the declared ones, with which no worker would take a job."""

from collections.abc import Iterable

from algorithms.errors import WeightsError
from algorithms.registered import Registered


def faults(algorithms: Iterable[Registered]) -> list[str]:
    """Return a fault for each file that is another one than its declaration says."""
    wrong: list[str] = []
    for each in algorithms:
        for weights in each.algorithm.weights:
            try:
                weights.check()
            except (WeightsError, OSError) as error:
                wrong.append(f"{each.algorithm.name} of {each.label}: {error}; install the release that fits.")
    return wrong
