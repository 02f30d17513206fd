"""A job goes back to its queue once: after a pause that grows, or at once if the worker has let it go."""

import threading
import time
from types import SimpleNamespace
from typing import Any

import pytest
from botocore.exceptions import ClientError, EndpointConnectionError

from runtime.worker.jobs.held_job import HeldJob, Stage, Stop
from runtime.worker.jobs.held_jobs import HeldJobs
from runtime.worker.jobs.prefetch import Prefetch
from runtime.worker.steps import dependencies
from runtime.worker.steps import give_back as module
from runtime.worker.steps.dependencies import Dependencies
from runtime.worker.steps.give_back import LONGEST_SECONDS, GiveBack, pause
from tests.runtime.worker.steps.test_heartbeat import jobs as received


def test_the_pause_doubles_spreads_and_ends() -> None:
    for count, ceiling in ((1, 2), (2, 4), (5, 32), (9, LONGEST_SECONDS), (1000, LONGEST_SECONDS)):
        pauses = [pause(count) for _ in range(200)]
        assert ceiling / 2 <= min(pauses) < max(pauses) <= ceiling
        assert max(pauses) > ceiling * 0.8


class SlowQueue:
    """A queue whose first call waits until `go`, and that notes for how long each receipt stays invisible."""

    def __init__(self) -> None:
        self.called, self.go = threading.Event(), threading.Event()
        self.seconds: list[tuple[str, float]] = []

    def give_back(self, delays: list[tuple[Any, float]]) -> None:
        self.seconds += [(receipt.handle, seconds) for receipt, seconds in delays]
        self.called.set()
        assert self.go.wait(30)


def hold(count: int) -> tuple[SlowQueue, HeldJobs, GiveBack, list[HeldJob]]:
    queue, held, batch = SlowQueue(), HeldJobs(Prefetch(1)), received(count)
    held.add(batch)
    return queue, held, giving_back(queue, held, SimpleNamespace()), batch


def giving_back(queue: SlowQueue, held: HeldJobs, attempts: Any) -> GiveBack:
    table: Any = SimpleNamespace(attempts=attempts)
    return GiveBack(queue, held, table, Dependencies(900, lambda _: None))  # pyright: ignore[reportArgumentType]


def test_a_job_that_two_threads_give_back_is_given_back_by_the_first_alone() -> None:
    queue, held, give_back, (job,) = hold(1)
    stopping = threading.Thread(target=lambda: give_back.waiting("stopping"))
    stopping.start()
    assert queue.called.wait(30)
    give_back.later(job, "its input cannot be had")
    queue.go.set()
    stopping.join(30)
    assert queue.seconds == [("r0", 0.0)]
    assert not held.jobs()


def test_a_released_job_goes_back_without_a_pause() -> None:
    queue, held, give_back, (job, other) = hold(2)
    queue.go.set()
    held.release_waiting(but=other)
    give_back.later(job, "its input cannot be had")
    give_back.later(other, "its input cannot be had")
    (first, none), (second, some) = queue.seconds
    assert (first, none, second) == ("r0", 0.0, "r1") and some > 0


@pytest.mark.parametrize(("why", "stay"), [(Stop.LOST, 1), (None, 1), (Stop.ENDED, 2), (Stop.RELEASED, 2)])
def test_no_job_overtakes_one_of_its_group_that_comes_again(why: Stop | None, stay: int) -> None:
    queue, held, give_back, (first, behind, other) = hold(3)
    first.group = behind.group = "key"
    first.stage, first.stop = Stage.COMPUTING, why
    give_back.abandon(first)
    assert held.jobs() == [behind, other][-stay:]
    assert behind.is_here is (stay == 2)
    assert queue.seconds == [], "what is lost is left to its lease"


@pytest.mark.parametrize(
    ("error", "begun", "calls"),
    [
        (EndpointConnectionError(endpoint_url="https://dynamodb"), False, 3),
        (ClientError({"Error": {"Code": "AccessDeniedException"}}, "UpdateItem"), True, 1),
    ],
)
def test_an_attempt_is_uncounted_though_the_table_fails_for_a_while(
    monkeypatch: pytest.MonkeyPatch, error: Exception, begun: bool, calls: int
) -> None:
    monkeypatch.setattr(dependencies, "pause", lambda tries: 0.001)
    tried: list[HeldJob] = []

    def take_back(job: HeldJob) -> int:
        tried.append(job)
        if len(tried) < 3:
            raise error
        return 0

    queue, held, (job,) = SlowQueue(), HeldJobs(Prefetch(1)), received(1)
    queue.go.set()
    held.add([job])
    job.begun = True
    giving_back(queue, held, SimpleNamespace(take_back=take_back)).now([job], "stopping")
    assert (job.begun, len(tried)) == (begun, calls)
    assert queue.seconds == [("r0", 0.0)]


def test_a_table_that_hangs_holds_up_all_jobs_of_a_stop_only_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "TAKE_BACK_SECONDS", 0.05)
    tried: list[HeldJob] = []

    def take_back(job: HeldJob) -> int:
        tried.append(job)
        time.sleep(0.1)  # longer than the time for all of them
        raise EndpointConnectionError(endpoint_url="https://dynamodb")

    queue, held, batch = SlowQueue(), HeldJobs(Prefetch(1)), received(30)
    queue.go.set()
    held.add(batch)
    for job in batch:
        job.begun, job.stage = True, Stage.COMMITTING
    giving_back(queue, held, SimpleNamespace(take_back=take_back)).now(batch, "stopping")
    assert len(tried) <= module.PARALLEL, "each of 30 would hang as long"
    assert len(queue.seconds) == 30 and all(job.begun for job in batch)
