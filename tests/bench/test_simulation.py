"""The policy's figures at a few rounds: what docs/scaling.md promises."""

import dataclasses

import pytest

from algorithms.declaration import Resources
from algorithms.scaling import IDLE_SECONDS, Memory, Observation
from bench.simulation.arrivals import Job, arrivals
from bench.simulation.clairvoyant import task_seconds
from bench.simulation.figures import KINDS, Figures, measure
from bench.simulation.service import SCHEDULE, START, Simulation

# A service at zero: the first of a burst waits for a start, and for the schedule where the poke was lost.
FROM_ZERO = ("quiet", "burst")
# Those of short jobs that take longer to play are in `make simulate`.
PLAYED = [
    (shape, kind)
    for shape in ("quiet", "burst", "steady", "diurnal", "huge")
    for kind in KINDS
    if (shape, kind) not in (("steady", "short"), ("diurnal", "short"))
]


@pytest.mark.parametrize(("shape", "kind"), PLAYED)
def test_waits_cost_and_busy_tasks_are_within_what_is_promised(shape: str, kind: str) -> None:
    got = measure(shape, kind, 2 if shape in FROM_ZERO else 1)
    assert got.wait <= KINDS[kind].acceptable_latency + (START + SCHEDULE if shape in FROM_ZERO else 0)
    assert got.ratio <= 1.3
    assert got.stopped == 0


def test_the_same_seed_gives_the_same_figures() -> None:
    first: Figures = measure("burst", "usual", 1)
    assert dataclasses.asdict(first) == dataclasses.asdict(measure("burst", "usual", 1))


def test_the_one_who_knows_starts_in_time_and_keeps_the_last_task_warm() -> None:
    one = Resources(acceptable_latency=30, typical_seconds=10, max_tasks=4)
    assert task_seconds(one, [Job(100, 10)]) == START + 10 + IDLE_SECONDS
    assert task_seconds(one, [Job(100, 10), Job(200, 10)]) == START + 110 + IDLE_SECONDS, "a warm task waits for it"
    assert task_seconds(one, [Job(100, 10), Job(5000, 10)]) == 2 * (START + 10 + IDLE_SECONDS)
    assert task_seconds(one, [Job(100, 50)] * 2) == 2 * (START + 50) + IDLE_SECONDS, "the second would begin late"


def test_a_policy_that_takes_a_busy_task_away_is_found_out(monkeypatch: pytest.MonkeyPatch) -> None:
    taken: list[float] = []

    def careless(_: Resources, look: Observation, before: Memory | None, now: float) -> tuple[int, Memory | None]:
        if look.in_flight and not taken:
            taken.append(now)
            return 0, before
        return int(look.jobs > 0), before

    monkeypatch.setattr("bench.simulation.service.PROTECT", 1e9)
    monkeypatch.setattr("bench.simulation.service.decide", careless)
    resources = KINDS["long"]
    assert Simulation(resources, 0).run(arrivals("quiet", resources, 0)[:2]).stopped == 1
