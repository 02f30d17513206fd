"""Which promises a run of chaos counts as broken."""

from collections import Counter

import pytest

from bench.chaos.outcome import End, Outcome
from bench.chaos.plan import MAX_ATTEMPTS, Job

GOOD, POISON = Job(1, 0, 0.1, poison=False), Job(2, 1, 0.1, poison=True)
JOBS = [GOOD, POISON]
DONE, DEAD = End("succeeded", 2), End("failed", MAX_ATTEMPTS)


def test_repeated_deliveries_and_computations_break_no_promise() -> None:
    outcome = Outcome({1: [DONE, DONE], 2: [DEAD]}, runs=Counter({1: 2, 2: MAX_ATTEMPTS}))
    assert outcome.broken(JOBS) == []
    rows = outcome.rows(JOBS)
    assert rows["results delivered more than once"] == 1 and rows["innocent jobs computed more than once"] == 1


@pytest.mark.parametrize(
    ("outcome", "broken"),
    [
        (Outcome({2: [DEAD]}), ["1 jobs without a result"]),
        (Outcome({1: [DEAD], 2: [DEAD]}), ["1 innocent jobs that failed"]),
        (Outcome({1: [DONE, End("succeeded", 3)], 2: [DEAD]}), ["1 jobs with contradicting results"]),
        (Outcome({1: [DONE], 2: [DEAD]}, misrouted=2), ["2 results at the wrong client"]),
        (Outcome({1: [DONE], 2: [End("failed", 2)]}), ["1 poison that ended otherwise"]),
        (Outcome({1: [DONE], 2: [DEAD]}, runs=Counter({2: 9})), ["1 poison that was computed too often"]),
    ],
)
def test_what_breaks_a_promise_is_named_and_counted(outcome: Outcome, broken: list[str]) -> None:
    assert outcome.broken(JOBS) == broken


def test_a_job_that_celery_never_began_is_told_apart_from_one_that_it_lost() -> None:
    never = Job(3, 0, 0.1, poison=False)
    rows = Outcome({}, runs=Counter({1: 1, 2: 7})).peer_rows([GOOD, POISON, never])
    assert (rows["innocent jobs without a result"], rows["of them never begun"]) == (2, 1)
    assert rows["runs of a poison job, at most"] == 7
