"""A worker takes enough jobs never to wait, and no more than another worker could do meanwhile."""

import pytest

from runtime.worker.jobs.prefetch import Prefetch


@pytest.mark.parametrize(
    ("seconds", "waiting", "elapsed", "room"),
    [
        (60.0, 0, None, 1),  # idle: one job
        (60.0, 0, 10.0, 0),  # a long job runs: the next is for whoever is free
        (60.0, 0, 59.0, 1),  # it will soon be done: fetch the next
        (60.0, 1, 70.0, 0),  # it takes longer than thought: one is waiting already
        (1.0, 0, None, 2),
        (1.0, 1, 0.5, 1),
        (0.005, 0, None, 10),  # short jobs: as many as SQS gives
        (0.005, 20, 0.001, 10),
        (0.005, 21, 0.001, 0),  # but not without end
        (0.0, 5, 0.0, 10),
    ],
)
def test_room_is_two_seconds_of_work(seconds: float, waiting: int, elapsed: float | None, room: int) -> None:
    assert Prefetch(seconds).room(waiting, elapsed) == room


def test_the_estimate_follows_what_is_measured_and_one_long_job_counts_more_than_a_short_one() -> None:
    prefetch = Prefetch(1.0)
    for _ in range(30):
        prefetch.measured(0.01)
    assert 0.01 <= prefetch.seconds < 0.02
    prefetch.measured(10.0)
    assert prefetch.seconds > 5
    prefetch.measured(0.01)
    assert prefetch.seconds > 4


@pytest.mark.parametrize(("seconds", "elapsed", "overruns"), [(60, 61.0, True), (60, 59.0, False), (0.01, 0.2, False)])
def test_nothing_is_received_while_a_job_takes_longer_than_estimated(
    seconds: float, elapsed: float, overruns: bool
) -> None:
    prefetch = Prefetch(seconds)
    assert prefetch.overruns(elapsed) is overruns
    assert not overruns or prefetch.room(0, elapsed) == 0


def test_no_job_is_no_overrun() -> None:
    assert not Prefetch(1).overruns(None)
