"""What happens in a run: the jobs, and how workers are killed meanwhile."""

import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

SEED: Final = 20
LEASE_SECONDS: Final = 20  # after which the job of a killed worker is given to another
MAX_ATTEMPTS: Final = 3
PAUSES: Final = (0.5, 3.0)  # seconds between two signals


@dataclass(frozen=True, slots=True)
class Job:
    """One job: its number, which of the clients sends it, its seconds of work, whether it kills its worker."""

    number: int
    client: int
    seconds: float
    poison: bool


@dataclass(frozen=True, slots=True)
class Plan:
    """How much of everything; `outage_seconds` is for each dependency, one after the other."""

    jobs: int = 2000
    clients: int = 20
    poison: int = 10
    kills: int = 200
    stops: int = 50
    workers: int = 3
    outage_seconds: float = 60.0
    faults: float = 0.05
    longest_seconds: float = 1800.0

    def scaled(self, share: float) -> "Plan":
        """Return a plan with so much of everything but clients and workers; at least a job of each kind."""
        return replace(
            self,
            jobs=max(self.clients, round(self.jobs * share)),
            poison=max(1, round(self.poison * share)),
            kills=round(self.kills * share),
            stops=round(self.stops * share),
            outage_seconds=self.outage_seconds * share,
        )

    def all_jobs(self) -> list[Job]:
        """Return the jobs in the order in which they are sent; those of poison are spread among the others."""
        chance = random.Random(SEED)
        poison = set(chance.sample(range(self.jobs), self.poison))
        return [
            Job(number, number % self.clients, chance.uniform(0.0, 0.2), number in poison)
            for number in range(self.jobs)
        ]

    def signals(self) -> Iterator[tuple[float, bool]]:
        """Yield, for each signal, the seconds to wait before it, and whether it is SIGKILL and not SIGTERM."""
        chance = random.Random(SEED + 1)
        kinds = [True] * self.kills + [False] * self.stops
        chance.shuffle(kinds)
        for kind in kinds:
            yield chance.uniform(*PAUSES), kind
