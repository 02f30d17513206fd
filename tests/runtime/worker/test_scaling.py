"""The policy on a simulated service: bursts, steady load, draining, and no flapping."""

import itertools
import random
from collections import deque

import pytest

from algorithms.declaration import Resources
from runtime.worker.scaling import desired_tasks, target_backlog

LATENCY = 30.0
RESOURCES = Resources(acceptable_latency=LATENCY, typical_seconds=3.0, min_tasks=0, max_tasks=8)


class Simulation:
    """Jobs that arrive, tasks that take `start` seconds to start and then work on one job at a time."""

    def __init__(self, resources: Resources, start: int = 10) -> None:
        self.resources = resources
        self.start = start
        self.clock = 0
        self.waiting = deque[int]()
        self.busy: list[float] = []
        self.starting: list[int] = []
        self.running = resources.min_tasks
        self.history: list[int] = []
        self.latencies: list[int] = []

    def tick(self, arrivals: int) -> None:
        """Pass one second, and apply the policy every five."""
        self.clock += 1
        self.waiting.extend([self.clock] * arrivals)
        self.running += sum(due <= self.clock for due in self.starting)
        self.starting = [due for due in self.starting if due > self.clock]
        self.busy = [left - 1 for left in self.busy if left > 1]
        while self.waiting and len(self.busy) < self.running:
            self.latencies.append(self.clock - self.waiting.popleft())
            self.busy.append(self.resources.typical_seconds)
        if self.clock % 5 == 0:
            tasks = self.running + len(self.starting)
            wanted = desired_tasks(self.resources, len(self.waiting), len(self.busy), tasks)
            if wanted > tasks:
                self.starting += [self.clock + self.start] * (wanted - tasks)
            elif wanted < tasks:
                self.running = max(self.running - (tasks - wanted), len(self.busy))  # busy tasks are protected
            self.history.append(wanted)

    @property
    def changes(self) -> int:
        """How often the wanted number of tasks changed."""
        return sum(a != b for a, b in itertools.pairwise(self.history))


def test_nothing_to_do_is_the_minimum() -> None:
    assert desired_tasks(RESOURCES, 0, 0, 5) == 0
    assert desired_tasks(Resources(min_tasks=2), 0, 0, 5) == 2


def test_one_visible_message_wakes_a_service_that_stands_at_zero() -> None:
    assert desired_tasks(RESOURCES, 1, 0, 0) == 1


def test_one_long_job_in_flight_keeps_its_task() -> None:
    assert desired_tasks(RESOURCES, 0, 1, 1) == 1


@pytest.mark.parametrize(("jobs", "tasks"), [(1, 1), (10, 1), (11, 2), (40, 4), (80, 8), (1000, 8)])
def test_each_task_gets_what_it_can_do_in_the_acceptable_time(jobs: int, tasks: int) -> None:
    assert target_backlog(RESOURCES) == 10
    assert desired_tasks(RESOURCES, jobs, 0, 1) == tasks


def test_slow_jobs_get_a_task_each() -> None:
    slow = Resources(acceptable_latency=5, typical_seconds=60, max_tasks=20)
    assert target_backlog(slow) == 1
    assert desired_tasks(slow, 7, 0, 1) == 7


def test_no_more_tasks_than_groups_can_use() -> None:
    assert desired_tasks(RESOURCES, 500, 1, 1, groups=1) == 1
    assert desired_tasks(RESOURCES, 500, 1, 1, groups=3) == 3
    assert desired_tasks(Resources(min_tasks=2, max_tasks=8), 500, 1, 2, groups=1) == 2


@pytest.mark.parametrize("running", range(1, 9))
@pytest.mark.parametrize("jobs", range(0, 120, 7))
def test_the_bounds_hold_and_more_work_never_means_fewer_tasks(jobs: int, running: int) -> None:
    fewer, more = (desired_tasks(RESOURCES, each, running, running) for each in (jobs, jobs + 5))
    assert 0 <= fewer <= more <= RESOURCES.max_tasks


def test_a_burst_is_worked_off_and_the_service_returns_to_zero() -> None:
    simulation = Simulation(RESOURCES)
    simulation.tick(60)
    for _ in range(200):
        simulation.tick(0)
    assert max(simulation.history) == 6
    assert max(simulation.latencies) <= LATENCY + simulation.start + 10  # starting from zero takes its time
    assert simulation.history[-1] == 0 and not simulation.waiting and not simulation.busy


def test_a_steady_load_settles() -> None:
    simulation = Simulation(RESOURCES)
    for _ in range(400):
        simulation.tick(1)  # three tasks' worth of work
    settled = simulation.history[40:]
    assert min(settled) >= 3 and max(settled) <= 4
    assert sum(a != b for a, b in itertools.pairwise(settled)) <= 1
    assert max(simulation.latencies[-200:]) <= LATENCY


def test_a_load_that_wavers_does_not_flap() -> None:
    chance = random.Random(7)
    simulation = Simulation(RESOURCES)
    arrivals = [chance.choice([0, 0, 1, 1, 1, 2]) for _ in range(1200)]
    for each in arrivals:
        simulation.tick(each)
    assert simulation.changes < 40
    assert max(simulation.latencies[-600:]) <= 2 * LATENCY


def test_a_backlog_that_wavers_around_a_whole_number_of_tasks_changes_nothing() -> None:
    tasks, history = 2, list[int]()
    for jobs in [20, 19, 21, 18, 20, 22, 17, 21] * 5:
        tasks = desired_tasks(RESOURCES, jobs, 0, tasks)
        history.append(tasks)
    assert history == [2, 2] + [3] * 38  # up once, when 21 jobs are more than two tasks can do in time
