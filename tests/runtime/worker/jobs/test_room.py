"""Jobs within their clients' shares come first; the others take what is left, and starve never."""

import time
from typing import Any

import pytest

from runtime.contracts.models import InputReference, JobMessage
from runtime.worker.jobs import room, turns
from runtime.worker.jobs.held_job import HeldJob, Receipt, Stage
from runtime.worker.jobs.prefetch import Prefetch
from runtime.worker.jobs.turns import EVERY, Turns

MESSAGE = JobMessage(
    job_id="0" * 32,
    client_id="0" * 16,
    shard=0,
    algorithm="a",
    pacs=InputReference(study_id="1", series_id="2", image_id="3"),
    parameters={},
    outputs=("preview",),
    accepted_at=1,
)


def held(stage: Stage = Stage.READY, *, yields: bool = False, group: str = "", since: float = 0.0) -> HeldJob:
    made = HeldJob(MESSAGE, Receipt("r", yields), group or str(time.monotonic_ns()), 1, time.monotonic() + 60, {})
    made.stage, made.yields = stage, yields
    if stage is Stage.COMPUTING:
        made.computing_since = time.monotonic() - since
    return made


def looked(*messages: int) -> Turns:
    made = Turns()
    for each in messages:
        made.looked(each)
    return made


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Let time pass."""
    offset, real = [0.0], time.monotonic

    def by(seconds: float) -> None:
        offset[0] += seconds

    monkeypatch.setattr(turns.time, "monotonic", lambda: real() + offset[0])
    return by


def test_nothing_is_taken_beyond_shares_before_the_requests_queue_was_found_empty() -> None:
    assert room.of_overflow([], Prefetch(60), Turns()).messages == 0
    assert room.of_overflow([], Prefetch(60), looked(1)).messages == 0
    assert room.of_overflow([], Prefetch(60), looked(0)) == room.Room(1, wait=True)


def test_a_long_poll_that_lasts_has_found_the_requests_queue_empty(later: Any) -> None:
    polled = looked(1)
    polled.begin_poll()
    assert not polled.is_empty
    later(0.5)
    assert polled.is_empty and polled.is_fresh


def test_after_many_receives_the_overflow_queue_has_one_turn() -> None:
    many = looked(*[1] * EVERY)
    assert room.of_overflow([], Prefetch(60), many) == room.Room(1, wait=False)
    many.overflow_received()
    assert room.of_overflow([], Prefetch(60), many).messages == 0
    assert not looked(*[1] * (EVERY - 1), 0, 1).is_overdue


def test_held_jobs_that_yield_take_no_room_of_the_others() -> None:
    jobs = [held(yields=True) for _ in range(2)]
    assert room.of_overflow(jobs, Prefetch(1), looked(0)).messages == 0
    assert room.of_requests(jobs, Prefetch(1), looked(1)) == room.Room(2, wait=False)


def test_a_worker_busy_beyond_shares_leaves_jobs_to_those_that_are_free_sooner() -> None:
    empty = looked(0)
    empty._looked_at -= 1  # pyright: ignore[reportPrivateUsage]
    busy = [held(Stage.COMPUTING, yields=True, since=0.25)]
    assert room.of_requests(busy, Prefetch(0.5), empty).messages == 0
    nearly_done = [held(Stage.COMPUTING, yields=True, since=0.45)]
    assert room.of_requests(nearly_done, Prefetch(0.5), empty) == room.Room(4, wait=False)
    may_go_on = [held(Stage.COMPUTING, yields=True, since=0.95)]
    assert room.of_requests(may_go_on, Prefetch(1), empty).messages == 0
    empty.ask()
    assert room.of_requests([held(yields=True)], Prefetch(1), empty).messages > 0


def test_without_jobs_beyond_shares_the_requests_queue_is_polled_as_if_it_were_alone() -> None:
    assert room.of_requests([held(Stage.COMPUTING, since=0.5)], Prefetch(1), looked(0)) == room.Room(2, wait=True)


def test_a_job_within_its_share_begins_before_those_that_came_earlier() -> None:
    first, second = held(yields=True), held()
    assert room.choose([first, second], Prefetch(1), looked(0)).job is second


def test_a_job_that_yields_begins_after_a_fresh_look_alone(later: Any) -> None:
    jobs, known = [held(yields=True)], looked(0)
    assert room.choose(jobs, Prefetch(1), known).job is jobs[0]
    later(0.5)
    assert room.choose(jobs, Prefetch(1), known) == room.Choice(None, look=True)
    known.ask()
    later(1.5)
    assert room.choose(jobs, Prefetch(1), known).job is jobs[0], "a look that is not answered holds up nothing"


def test_the_input_of_a_job_within_its_share_is_waited_for_as_long_as_a_job_takes() -> None:
    jobs = [held(yields=True), held(Stage.PREPARING)]
    assert room.choose(jobs, Prefetch(1), looked(0)) == room.Choice(None, coming=True)
    jobs[1].received_at -= 2
    assert room.choose(jobs, Prefetch(1), looked(0)).job is jobs[0]


def test_no_turn_breaks_the_order_of_a_group() -> None:
    jobs = [held(Stage.COMMITTING, yields=True, group="g"), held(group="g"), held(yields=True)]
    assert room.choose(jobs, Prefetch(1), looked(0)).job is jobs[2]


def test_jobs_that_were_overtaken_by_a_long_one_run_elsewhere() -> None:
    jobs = [held(Stage.COMPUTING), held(yields=True)]
    assert room.held_up(jobs, Prefetch(60), 2.0) is jobs[0]
    assert room.held_up(jobs, Prefetch(1), 2.0) is None
    assert room.held_up([held(Stage.COMPUTING), held()], Prefetch(60), 2.0) is None
