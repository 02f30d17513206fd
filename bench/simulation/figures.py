"""What the simulation measures: the policy beside a scheduler that knows every job beforehand."""

from dataclasses import dataclass

from algorithms.declaration import Resources
from bench.simulation.arrivals import arrivals
from bench.simulation.clairvoyant import task_seconds
from bench.simulation.service import Simulation

# What authors declare: the defaults, jobs of ten seconds, jobs of a minute.
KINDS = {
    "short": Resources(acceptable_latency=30, typical_seconds=1, max_tasks=20),
    "usual": Resources(acceptable_latency=120, typical_seconds=10, max_tasks=20),
    "long": Resources(acceptable_latency=300, typical_seconds=60, max_tasks=20),
}
# How often each kind of arrivals is played, with other jobs each time.
ROUNDS = {"quiet": 5, "burst": 5, "steady": 3, "diurnal": 1, "huge": 3}


@dataclass(frozen=True, slots=True)
class Figures:
    """What came of some rounds.

    Parameters
    ----------
    jobs : of all rounds.
    wait : seconds that all but one in twenty waited at most, in the worst round.
    ratio : task-seconds, as a multiple of those of the scheduler that knows the jobs.
    most : tasks at a time.
    stopped : tasks that were stopped in the middle of a job.
    """

    jobs: int
    wait: float
    ratio: float
    most: int
    stopped: int


def measure(shape: str, kind: str, rounds: int) -> Figures:
    """Play so many rounds of the arrivals at that kind of algorithm."""
    resources = KINDS[kind]
    played = [arrivals(shape, resources, seed) for seed in range(rounds)]
    simulations = [Simulation(resources, seed).run(jobs) for seed, jobs in enumerate(played)]
    best = sum(task_seconds(resources, jobs) for jobs in played)
    return Figures(
        jobs=sum(map(len, played)),
        wait=max(each.late() for each in simulations),
        ratio=sum(each.task_seconds for each in simulations) / best,
        most=max(each.most for each in simulations),
        stopped=sum(each.stopped for each in simulations),
    )
