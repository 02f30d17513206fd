"""Interleaved timing: what is compared takes turns in one run, so that other load affects all equally."""

import random
import statistics
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass

# What is timed; it may return something to call afterwards, off the clock.
Action = Callable[[], Callable[[], object] | None]


@dataclass(frozen=True)
class Sample:
    """Repeated measurements of one thing."""

    values: tuple[float, ...]

    @property
    def median(self) -> float:
        """The middle value."""
        return statistics.median(self.values)

    @property
    def quartiles(self) -> tuple[float, float]:
        """The values between which the middle half lies."""
        first, _, third = statistics.quantiles(self.values, n=4, method="inclusive")
        return first, third

    @property
    def most(self) -> float:
        """The value that 95 % of the values do not exceed."""
        return statistics.quantiles(self.values, n=20, method="inclusive")[-1]

    def __str__(self) -> str:
        first, third = self.quartiles
        return f"{self.median:.1f}  ({first:.1f} to {third:.1f})"


def interleave(rounds: int, actions: Mapping[str, Action]) -> dict[str, Sample]:
    """Call every action once a round, after one round that does not count; return the milliseconds each took."""
    taken: dict[str, list[float]] = {name: [] for name in actions}
    for each in range(rounds + 1):
        for name, action in actions.items():
            # The emulator's long polls look every 100 ms: nothing may fall into step with them.
            time.sleep(random.uniform(0, 0.1))
            start = time.perf_counter()
            after = action()
            elapsed = (time.perf_counter() - start) * 1000
            if after:
                after()
            if each:
                taken[name].append(elapsed)
    return {name: Sample(tuple(values)) for name, values in taken.items()}


def compare(what: str, alone: Sample, other: str, beside: Sample) -> str:
    """Return a table of two samples, what half and 95 % of their values do not exceed, with their ratios."""
    rows = [f"| {what} | half of them | 95 % |", "|---|---:|---:|"]
    rows += [f"| {name} | {each.median:.0f} | {each.most:.0f} |" for name, each in (("alone", alone), (other, beside))]
    return "\n".join([*rows, f"| ratio | {beside.median / alone.median:.2f} | {beside.most / alone.most:.2f} |"])
