"""A job that was cancelled while it waited costs its worker neither a download nor a computation."""

from types import SimpleNamespace
from typing import Any

import pytest
from botocore.exceptions import ClientError

from runtime.contracts.items import Item
from runtime.worker.jobs.held_job import now_ms
from runtime.worker.steps.dependencies import Dependencies
from runtime.worker.steps.inputs.waited import LONG_MS, has_waited, without_ended
from tests.runtime.worker.steps.test_heartbeat import jobs

CANCELLED: Item = {"state": "cancelled", "t_published": 1}


def remaining(mark: Item | Exception) -> tuple[list[int], list[str]]:
    """Return which of two jobs are left if the table says this of the first, and which messages are deleted."""
    batch, dropped = jobs(2), list[str]()

    def marks(job_ids: list[str]) -> dict[str, Item]:
        if isinstance(mark, Exception):
            raise mark
        return {job_ids[0]: mark, job_ids[1]: {"state": "queued"}}

    table: Any = SimpleNamespace(marks=marks)
    beginner: Any = SimpleNamespace(drop=lambda jobs: dropped.extend(job.receipt.handle for job in jobs))
    left = without_ended(batch, table=table, beginner=beginner, dependencies=Dependencies(900, lambda reason: None))
    return [batch.index(job) for job in left], dropped


@pytest.mark.parametrize(
    ("mark", "left", "dropped"),
    [
        (CANCELLED, [1], ["r0"]),
        ({"state": "cancelled"}, [0, 1], []),  # its client is still to be told
        ({"state": "running", "attempts": 1}, [0, 1], []),
        (ClientError({"Error": {"Code": "AccessDenied"}}, "BatchGetItem"), [0, 1], []),
    ],
)
def test_only_what_has_ended_and_is_told_goes(mark: Item | Exception, left: list[int], dropped: list[str]) -> None:
    assert remaining(mark) == (left, dropped)


def test_a_job_that_came_at_once_is_not_looked_up() -> None:
    (job,) = jobs(1)
    job.hops["queued"] = now_ms()
    assert not has_waited(job)
    job.hops["queued"] -= LONG_MS + 1000
    assert has_waited(job)
