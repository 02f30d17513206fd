"""A job that another process has ended, or that lost its lease, leaves no worker standing still."""

from types import SimpleNamespace
from typing import Any

import pytest

from runtime.worker.jobs.held_job import HeldJob, Stage, Stop
from runtime.worker.jobs.held_jobs import HeldJobs
from runtime.worker.jobs.prefetch import Prefetch
from runtime.worker.steps.compute import Computer
from runtime.worker.steps.give_back import GiveBack
from tests.runtime.worker.steps.test_heartbeat import jobs as received


class Queue:
    """A queue that notes what is given back."""

    def __init__(self) -> None:
        self.given_back: list[tuple[str, float]] = []

    def give_back(self, delays: list[tuple[Any, float]]) -> None:
        self.given_back += [(receipt.handle, seconds) for receipt, seconds in delays]


def stop(job: HeldJob, stop: Stop) -> None:
    job.stop = stop


@pytest.mark.parametrize("stage", [Stage.PREPARING, Stage.READY])
@pytest.mark.parametrize(("why", "given_back"), [(Stop.LOST, []), (Stop.ENDED, [("r0", 0.0)])])
def test_a_job_that_waits_and_is_no_longer_ours_leaves_at_once(
    stage: Stage, why: Stop, given_back: list[tuple[str, float]]
) -> None:
    queue, held, batch = Queue(), HeldJobs(Prefetch(1)), received(2)
    held.add(batch)
    first, second = batch
    nothing: Any = SimpleNamespace()
    runner: Any = SimpleNamespace(stop=stop)
    committer: Any = SimpleNamespace(cancel_waiting=lambda job: None)
    computer = Computer(
        runner=runner,
        jobs=held,
        prefetch=Prefetch(1),
        committer=committer,
        give_back=GiveBack(queue, held, nothing, nothing),  # pyright: ignore[reportArgumentType]
        beginner=nothing,
        dependencies=nothing,
    )
    first.stage = stage
    computer.interrupt(first, why)
    assert held.jobs() == [second]
    assert queue.given_back == given_back
    held.advance(second, Stage.READY)
    assert held.begin_next() is second
    computer.interrupt(second, why)
    assert held.jobs() == [second], "the computing thread lets go of what is computed"
