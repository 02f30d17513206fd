"""What `imaging services` says: how long jobs take beside what their algorithm declares."""

import json

import pytest

from algorithms.declaration import Resources
from clients.cli.commands import services
from runtime.operation import durations
from runtime.operation.durations import Recent
from runtime.operation.system import System
from tests.clients.cli.operation.conftest import Put

NOW = 1_800_000_000_000
HOUR = 3_600_000


def end(put: Put, ago: int, took: int, state: str = "succeeded", told: int = 0) -> None:
    hops = {"started": NOW - ago - took - 5000, "fetched": NOW - ago - took, "computed": NOW - ago}
    result = json.dumps({"hops": hops})
    put("busy", state, NOW - ago - took - 9000, t_published=NOW - told, result=result)


def test_seconds_are_those_of_jobs_that_ended_in_time(stack: System, put: Put) -> None:
    end(put, 9000, 1000)
    end(put, 5000, 3000, "partial")
    end(put, 0, 2000)
    end(put, 90_000, 7000, told=2 * HOUR)
    put("busy", "failed", NOW - 10_000, t_published=NOW)
    put("busy", "running", NOW - 10_000)
    rows = services.report(stack, {"busy": Resources(typical_seconds=1)}, NOW, HOUR)["services"]
    busy, idle = rows
    assert (busy["timed"], busy["failed"], busy["median_seconds"], busy["p95_seconds"]) == (3, 1, 2, 3)
    assert (idle["timed"], idle["median_seconds"], idle["typical_seconds"]) == (0, None, None)


def test_a_job_that_waited_for_another_is_not_timed() -> None:
    first, behind, later = (0, 1000), (200, 2000), (2100, 2600)
    assert durations.seconds([behind, later, first]) == [0.5, 1.0]


@pytest.mark.parametrize(
    ("seconds", "declared", "better"),
    [
        ([2.0] * 20, Resources(typical_seconds=2), {}),
        ([2.0] * 19, Resources(typical_seconds=20), {}),
        ([2.34] * 20, Resources(typical_seconds=20), {"typical_seconds": 2.3}),
        ([0.0] * 20, Resources(typical_seconds=1), {"typical_seconds": 0.01}),
        ([1.0] * 18 + [50.0] * 2, Resources(typical_seconds=1, timeout=60), {"timeout": 100}),
    ],
)
def test_another_declaration_is_proposed_if_it_is_far_off(
    seconds: list[float], declared: Resources, better: dict[str, float]
) -> None:
    assert durations.proposal(Recent(seconds), declared) == better


def test_the_proposal_is_a_line_to_paste() -> None:
    row = {"tasks": 1, "wanted_tasks": 2, "timed": 20, "failed": 0, "median_seconds": 2.34, "p95_seconds": 3.0}
    answer = {
        "services": [{"algorithm": "a", **row, "typical_seconds": 20.0, "better": {"typical_seconds": 2.3}}],
        "all_jobs_read": True,
    }
    *_, line, said = services.text(answer).splitlines()
    assert line.split() == ["a", "1", "of", "2", "20", "0", "2.34", "3", "20"]
    assert said == "a: its jobs do not take what it declares; Resources(typical_seconds=2.3) would fit."
