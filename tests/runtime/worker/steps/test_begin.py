"""An attempt is counted once, and a job is at its last one only if the table says so."""

from types import SimpleNamespace
from typing import Any

import pytest

from runtime.contracts.items import Item
from runtime.worker.steps import dependencies
from runtime.worker.steps.begin import BeginAnswer, Beginner
from runtime.worker.steps.dependencies import Dependencies
from tests.runtime.worker.steps.test_heartbeat import jobs


class Table:
    """A table with one job that is at its last attempt in another worker, which gives it up at the second look."""

    def __init__(self, *, gives_up: bool) -> None:
        self.attempts = self
        self._gives_up = gives_up
        self._item: Item = {"state": "running", "attempts": 3, "attempt": "another's"}

    def begin(self, job: Any, most: int) -> int | None:
        if self._item["attempts"] >= most:
            return None
        self._item |= {"attempts": self._item["attempts"] + 1, "attempt": job.attempt}
        return int(self._item["attempts"])

    def get(self, _: str) -> Item:
        if self._gives_up:
            self._item |= {"state": "queued", "attempts": 2}
        return dict(self._item)


@pytest.mark.parametrize(("gives_up", "answer"), [(True, BeginAnswer.YES), (False, BeginAnswer.EXHAUSTED)])
def test_an_attempt_that_is_given_up_in_this_moment_is_free(
    monkeypatch: pytest.MonkeyPatch, gives_up: bool, answer: BeginAnswer
) -> None:
    monkeypatch.setattr(dependencies, "pause", lambda tries: 0.0)
    nothing: Any = SimpleNamespace()
    table: Any = Table(gives_up=gives_up)
    (job,) = jobs(1)
    beginner = Beginner(
        max_attempts=3,
        table=table,
        recorded=nothing,
        queue=nothing,
        jobs=nothing,
        committer=nothing,
        dependencies=Dependencies(900, lambda reason: None),
    )
    assert beginner.begin(job) is answer
    assert (job.attempts, job.owned) == (3, gives_up)
