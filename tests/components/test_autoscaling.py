"""What the expressions of CloudWatch's metric math say, as far as Python reads them the same way."""

import math
from typing import Any

import pytest

from algorithms.declaration import Resources
from components.autoscaling import BACKLOG, JOBS, WAITING
from runtime.worker.scaling import desired_tasks, target_backlog


def fill(value: float | None, default: float) -> float:
    return default if value is None else value


def choose(condition: Any, yes: float, no: float) -> float:
    return yes if condition else no


def value(expression: str, **series: float | None) -> float:
    """Return an expression's value at one moment; a series without a data point is None."""
    return eval(expression, {"__builtins__": {}, "FILL": fill, "IF": choose}, series)


def test_the_backlog_is_for_each_running_task() -> None:
    expression = BACKLOG.format(target=30.0)
    assert value(expression, visible=7, held=3, running=2, desired=2) == 5
    assert value(expression, visible=7, held=None, running=None, desired=1) == 7, "none is counted as one"
    assert value(expression, visible=None, held=None, running=0, desired=1) == 0


def test_at_zero_tasks_tracking_rests_at_its_target() -> None:
    expression = BACKLOG.format(target=30.0)
    assert value(expression, visible=0, held=0, running=0, desired=0) == 30
    assert value(expression, visible=500, held=None, running=None, desired=None) == 30


@pytest.mark.parametrize(("visible", "held", "running"), [(100, 10, 1), (40, 30, 2), (500, 0, 3)])
def test_tracking_wants_as_many_tasks_as_the_policy(visible: int, held: int, running: int) -> None:
    resources = Resources(acceptable_latency=30, typical_seconds=1, max_tasks=100)
    target = target_backlog(resources)
    backlog = value(BACKLOG.format(target=target), visible=visible, held=held, running=running, desired=running)
    tracked = math.ceil(running * backlog / target)  # what target tracking computes
    assert tracked == desired_tasks(resources, visible, held, running) > running


def test_a_job_that_waits_starts_the_first_task_and_no_second() -> None:
    assert value(WAITING, visible=1, desired=0) >= 1
    assert value(WAITING, visible=1, desired=None) >= 1
    assert value(WAITING, visible=5, desired=1) == 0
    assert value(WAITING, visible=None, desired=0) == 0


def test_only_an_idle_task_is_taken_away() -> None:
    assert value(JOBS, visible=0, held=0, desired=1) == 0
    assert value(JOBS, visible=None, held=None, desired=1) == 0
    assert value(JOBS, visible=0, held=1, desired=1) > 0
    assert value(JOBS, visible=2, held=0, desired=1) > 0
    assert value(JOBS, visible=0, held=0, desired=0) > 0, "at zero the alarm rests, ready for the next idle time"
