"""The policy: its bounds, what it never does, and what it remembers. What comes of it is in tests/bench."""

import pytest

from algorithms.declaration import Resources
from algorithms.scaling import (
    IDLE_SECONDS,
    STUCK_SECONDS,
    UNSTEADY_SECONDS,
    Memory,
    Observation,
    decide,
    late_after,
    target_backlog,
)

RESOURCES = Resources(acceptable_latency=30.0, typical_seconds=3.0, min_tasks=0, max_tasks=8)
NOW = 1_000_000.0


def wanted(
    observation: Observation, before: Memory | None = None, resources: Resources = RESOURCES, now: float = NOW
) -> int:
    return decide(resources, observation, before, now)[0]


def test_one_job_starts_the_first_task() -> None:
    assert wanted(Observation(1, 0, 0, 0)) == 1


def test_one_long_job_in_flight_keeps_its_task_for_hours() -> None:
    memory: Memory | None = None
    for minute in range(600):
        count, memory = decide(RESOURCES, Observation(0, 1, 1, 1), memory, NOW + 60 * minute)
        assert count == 1


def test_the_last_task_stays_for_the_idle_time() -> None:
    memory: Memory | None = None
    counts = list[int]()
    for minute in range(7):
        count, memory = decide(RESOURCES, Observation(0, 0, 1, 1), memory, NOW + 60 * minute)
        counts.append(count)
    assert counts == [1, 1, 1, 1, 1, 0, 0]


def test_a_job_ends_the_idle_time() -> None:
    idle = Memory(NOW - 60, idle_since=NOW - IDLE_SECONDS)
    count, seen = decide(RESOURCES, Observation(0, 1, 1, 1), idle, NOW)
    assert (count, seen.idle_since) == (1, None)


@pytest.mark.parametrize(("jobs", "tasks"), [(1, 1), (11, 1), (12, 2), (44, 4), (88, 8), (1000, 8)])
def test_each_task_gets_what_it_can_do_in_the_acceptable_time(jobs: int, tasks: int) -> None:
    assert target_backlog(RESOURCES) == 10
    assert wanted(Observation(jobs, 0, 1, 1)) == tasks


def test_slow_jobs_get_a_task_each() -> None:
    slow = Resources(acceptable_latency=5, typical_seconds=60, max_tasks=20)
    assert target_backlog(slow) == 1
    assert wanted(Observation(11, 0, 1, 1), resources=slow) == 10
    assert late_after(slow) == 65


def test_tasks_that_start_are_not_asked_for_again() -> None:
    memory: Memory | None = None
    desired = 0
    for second in range(0, 60, 5):
        desired, memory = decide(RESOURCES, Observation(40, 0, 0, desired), memory, NOW + second)
    assert desired == 4


def test_a_task_that_is_busy_for_hours_does_not_hold_up_the_others() -> None:
    memory: Memory | None = None
    counts = list[int]()
    for minute in range(3):
        count, memory = decide(RESOURCES, Observation(6, 1, 1, 1), memory, NOW + 60 * minute)
        counts.append(count)
    assert counts == [1, 2, 2]


def test_one_waiting_job_that_goes_and_another_that_comes_are_no_such_case() -> None:
    waited = Memory(NOW - STUCK_SECONDS, waiting=1, waiting_since=NOW - STUCK_SECONDS)
    assert wanted(Observation(1, 1, 1, 1), waited) == 1


def test_a_moment_without_jobs_takes_no_task_of_a_steady_load_away() -> None:
    steady = Memory(NOW - 5, load=4.0)
    assert wanted(Observation(0, 0, 5, 5), steady) == 4


def test_after_a_burst_tasks_go_with_the_work() -> None:
    busy = Memory(NOW - 60, load=8.0)
    assert wanted(Observation(0, 0, 8, 8), busy) == 2


def test_a_backlog_that_wavers_around_a_whole_number_of_tasks_changes_nothing() -> None:
    tasks, memory, history = 2, None, list[int]()
    for minute, jobs in enumerate([20, 19, 21, 18, 20, 22, 17, 21] * 3):
        tasks, memory = decide(RESOURCES, Observation(jobs - 4, 4, tasks, tasks), memory, NOW + 5 * minute)
        history.append(tasks)
    assert history == [2] * 12 + [3] * 12  # up once: for a minute jobs have waited, and they did not become fewer


def test_too_few_tasks_for_too_long_is_said() -> None:
    memory: Memory | None = None
    for second in range(0, int(UNSTEADY_SECONDS), 60):
        _, memory = decide(RESOURCES, Observation(0, 1, 0, 1), memory, NOW + second)
        assert not memory.unsteady
    _, memory = decide(RESOURCES, Observation(0, 1, 0, 1), memory, NOW + UNSTEADY_SECONDS)
    assert memory.unsteady
    _, memory = decide(RESOURCES, Observation(0, 1, 1, 1), memory, NOW + UNSTEADY_SECONDS + 60)
    assert not memory.unsteady


def test_a_clock_that_was_ahead_keeps_no_task_longer_than_the_idle_time() -> None:
    ahead = Memory(NOW + 3600, load=0.0, idle_since=NOW + 3600)
    _, seen = decide(RESOURCES, Observation(0, 0, 1, 1), ahead, NOW)
    assert wanted(Observation(0, 0, 1, 1), seen, now=NOW + IDLE_SECONDS) == 0


def test_a_clock_that_was_ahead_holds_up_no_further_task() -> None:
    ahead = Memory(NOW + 3600, waiting_since=NOW + 3600, waiting=6, load=1.0)
    _, seen = decide(RESOURCES, Observation(6, 1, 1, 1), ahead, NOW)
    assert wanted(Observation(6, 1, 1, 1), seen, now=NOW + STUCK_SECONDS) == 2
