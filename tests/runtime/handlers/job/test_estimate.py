"""What is told of a job that waits or runs, from the scaler's last look."""

from typing import Any

import pytest

from algorithms.declaration import Resources
from runtime.contracts.estimates import Estimate
from runtime.handlers.job.estimate import STALE_SECONDS, TASK_START_SECONDS, estimate
from runtime.handlers.scaling.looks import Look

NOW = 1_000_000.0
RESOURCES = Resources(typical_seconds=10, timeout=100, max_tasks=4)
LOOK = Look(at=NOW - 20, waiting=8, overflow=12, held=2, tasks=2)


def job(queued: float, **more: Any) -> dict[str, Any]:
    return {"state": "queued", "t_accepted": 1, "t_queued": (NOW + queued) * 1000, **more}


def told(job: dict[str, Any], look: Look | None = LOOK) -> Estimate:
    found = estimate(job, RESOURCES, look, NOW)
    assert found is not None
    return Estimate.model_validate(found)


def seconds(milliseconds: int | None) -> float | None:
    return None if milliseconds is None else milliseconds / 1000 - NOW


def test_a_job_that_waited_at_the_look_is_anywhere_among_those_that_did() -> None:
    known = told(job(-30))
    assert known.place is not None and (known.place.least, known.place.most) == (1, 8)
    assert known.start is not None and known.as_of == LOOK.at * 1000 and known.tasks == 2
    # at once, or after seven that wait and two that are held, on two tasks
    assert (seconds(known.start.earliest), seconds(known.start.latest)) == (0, 50)
    assert (seconds(known.end.earliest), seconds(known.end.latest)) == (10, 60)


def test_a_job_that_came_later_is_behind_those_that_have_not_begun_since() -> None:
    known = told(job(-5))
    assert known.place is not None and (known.place.least, known.place.most) == (5, 9)
    assert known.start is not None and (seconds(known.start.earliest), seconds(known.start.latest)) == (10, 50)


def test_a_job_on_the_overflow_queue_is_behind_both_queues() -> None:
    known = told(job(-5, overflow=True))
    assert known.place is not None and known.place.most == 21
    assert estimate(job(-5, overflow=True), RESOURCES, LOOK._replace(overflow=None), NOW) is None


def test_without_a_task_one_starts_first() -> None:
    known = told(job(-5), Look(at=NOW - 6, waiting=0, overflow=0, held=0, tasks=0))
    assert known.place is not None and known.place.most == 1
    assert known.start is not None and seconds(known.start.latest) == TASK_START_SECONDS


def test_a_job_of_an_ordering_key_has_no_latest_time() -> None:
    known = told(job(-5, ordering_key="patient-7"))
    assert known.start is not None and known.start.latest is None and known.end.latest is None


@pytest.mark.parametrize("look", [None, LOOK._replace(at=NOW - STALE_SECONDS - 1)])
def test_nothing_is_told_of_a_waiting_job_without_a_look_of_late(look: Look | None) -> None:
    assert estimate(job(-5), RESOURCES, look, NOW) is None


@pytest.mark.parametrize(
    ("started", "progress", "earliest", "latest"),
    [
        (-4, 0, 6, 96),  # what is typical, and the timeout
        (-40, 0, 0, 60),  # it takes longer than is typical
        (-40, 0.8, 10, 10),
        (-40, 0.01, 60, 60),  # the timeout ends it
        (-150, 0, 0, 0),
        (3, 0.5, 0, 0),  # by a clock that is ahead
    ],
)
def test_a_running_job_ends_by_its_progress_or_within_its_timeout(
    started: float, progress: float, earliest: float, latest: float
) -> None:
    known = told({"state": "running", "t_started": (NOW + started) * 1000, "progress": progress}, None)
    assert known.place is None and known.start is None
    assert (seconds(known.end.earliest), seconds(known.end.latest)) == (earliest, latest)
