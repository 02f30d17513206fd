"""The estimate of when a batch will have ended."""

from typing import Any

import pytest

from algorithms.declaration import Resources
from runtime.handlers.batch.view import seconds_left

DECLARED = Resources(typical_seconds=3.0, max_tasks=4)
QUEUED: dict[str, Any] = {"state": "queued"}
NOW = 100_000


def ended(started: int) -> dict[str, Any]:
    return {"state": "succeeded", "t_started": started}


@pytest.mark.parametrize(
    ("jobs", "declared", "seconds"),
    [
        ([QUEUED] * 10, DECLARED, 7.5),  # four at a time
        ([QUEUED] * 2, DECLARED, 3.0),
        ([QUEUED], None, None),
        ([ended(NOW - 20_000), ended(NOW - 5_000), *[QUEUED] * 3], DECLARED, 30.0),  # two in 20 s
        ([ended(NOW - 10_000), {"state": "running", "progress": 0.5, "t_started": NOW - 9_000}], DECLARED, 5.0),
        ([{"state": "cancelled"}, QUEUED], DECLARED, 1.5),  # one that never started says nothing of the pace
        ([{"state": "cancelled"}, {"state": "running", "t_started": NOW - 50_000}], DECLARED, 1.5),
        ([ended(NOW - 1), {"state": "cancelled"}], DECLARED, 0.0),
    ],
)
def test_the_rest_is_estimated(jobs: list[dict[str, Any]], declared: Resources | None, seconds: float | None) -> None:
    assert seconds_left(jobs, NOW, declared) == seconds
