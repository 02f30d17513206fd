"""A job's cancellation is seen, whatever the machine's clock does, and the table with a job's progress."""

import threading
import time
from types import SimpleNamespace
from typing import Any, cast

import pytest

from runtime.errors import TransientError
from runtime.worker.jobs.held_job import Stage, Stop, now_ms
from runtime.worker.jobs.held_jobs import HeldJobs
from runtime.worker.jobs.prefetch import Prefetch
from runtime.worker.steps import watch
from runtime.worker.steps.watch import Watch
from tests.runtime.worker.steps.test_heartbeat import jobs

HOUR_MS = 3_600_000


def test_neither_a_clock_set_back_nor_a_refused_progress_hides_a_cancellation(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watch, "SECONDS", 0.01)
    held, (job,), stopped = HeldJobs(Prefetch(60)), jobs(1), threading.Event()
    job.stage, job.computing_since = Stage.COMPUTING, time.monotonic()
    job.hops["started"] = now_ms() + HOUR_MS  # before the clock was set back by an hour
    held.add([job])
    asked: list[Stop] = []

    def interrupt(_: Any, why: Stop) -> None:
        asked.append(why)
        stopped.set()

    job.progress = 0.5

    def refuse(_: Any) -> None:
        raise TransientError("throttled")

    cancelled = {"state": "running", "cancel_requested": True}
    table: Any = SimpleNamespace(marks=lambda ids: {ids[0]: cancelled}, progress=refuse)
    computer: Any = SimpleNamespace(interrupt=interrupt)
    nothing: Any = SimpleNamespace()
    watching = threading.Thread(target=Watch(table, held, computer, nothing, lambda: None).run, args=(stopped,))
    watching.start()
    watching.join(30)
    stopped.set()
    assert asked == [Stop.CANCELLED]


def test_memory_is_given_back_once_when_the_last_job_has_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    held, batch, nothing = HeldJobs(Prefetch(60)), jobs(2), SimpleNamespace()
    given: list[int] = []
    steps = iter([lambda: held.add(batch), lambda: held.remove(batch[0]), lambda: held.remove(batch[1]), lambda: None])

    def step(_: float) -> bool:
        if (act := next(steps, None)) is not None:
            act()
        return act is None

    monkeypatch.setattr(watch.linux, "give_memory_back", lambda: given.append(len(held.jobs())))
    stopped: Any = SimpleNamespace(wait=step)
    table: Any = SimpleNamespace(marks=lambda _: {})
    Watch(table, held, cast(Any, nothing), cast(Any, nothing), lambda: None).run(stopped)
    assert given == [0]
