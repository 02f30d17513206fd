"""The lease of a job that takes twelve hours, by a clock that the test sets."""

import threading
from types import SimpleNamespace
from typing import Any

import pytest

from runtime.contracts.models import InputReference, JobMessage
from runtime.worker.aws.requests_queue import RequestsQueue
from runtime.worker.jobs.held_job import HeldJob, Receipt, Stop
from runtime.worker.jobs.held_jobs import HeldJobs
from runtime.worker.jobs.prefetch import Prefetch
from runtime.worker.steps.heartbeat import Heartbeat

LEASE = 60
HOURS = 12
LATE = 3.0  # seconds by which a busy machine lets the heartbeat wait longer than it asked for


class Clock:
    """A clock that moves if somebody waits."""

    def __init__(self) -> None:
        self.now = 1000.0

    def monotonic(self) -> float:
        return self.now


class Sqs:
    """A queue that knows until when a message is invisible, and refuses `every`-th renewal for a moment."""

    def __init__(self, clock: Clock, every: int) -> None:
        self._clock, self._every = clock, every
        self.calls = 0
        self.visible_at = clock.now + LEASE

    def change_message_visibility_batch(self, QueueUrl: str, Entries: list[dict[str, Any]]) -> Any:  # noqa: N803
        assert len(Entries) == 1
        self.calls += 1
        if self._clock.now >= self.visible_at:
            return {"Failed": [{"Id": Entries[0]["Id"], "Code": "MessageNotInflight"}]}
        if self.calls % self._every == 0:
            return {"Failed": [{"Id": Entries[0]["Id"], "Code": "ThrottlingException"}]}
        self.visible_at = self._clock.now + Entries[0]["VisibilityTimeout"]
        return {}


class Hours(threading.Event):
    """Lets time pass instead of waiting, looks whether the job is still held, and is set after twelve hours."""

    def __init__(self, clock: Clock, sqs: Sqs, job: HeldJob) -> None:
        super().__init__()
        self._clock, self._sqs, self._job = clock, sqs, job
        self._end = clock.now + HOURS * 3600

    def wait(self, timeout: float | None = None) -> bool:
        assert timeout is not None
        self._clock.now += timeout + LATE
        assert self._clock.now < self._sqs.visible_at, "another worker would have received the job"
        assert self._job.is_ours(), "the worker would have given the job up"
        return self._clock.now >= self._end


@pytest.mark.parametrize("every", [10**9, 3, 2])
def test_a_job_of_twelve_hours_is_never_another_workers(monkeypatch: pytest.MonkeyPatch, every: int) -> None:
    clock = Clock()
    for module in ("jobs.held_job", "steps.heartbeat"):
        monkeypatch.setattr(f"runtime.worker.{module}.time", clock)
    job = held(clock)
    sqs = Sqs(clock, every)
    stopped: list[Stop] = []
    computer: Any = SimpleNamespace(interrupt=lambda _, stop: stopped.append(stop))
    jobs = HeldJobs(Prefetch(1))
    jobs.add([job])
    Heartbeat(RequestsQueue(sqs, "queue", LEASE, 5), jobs, computer, LEASE).run(Hours(clock, sqs, job))
    assert stopped == []
    assert HOURS * 3600 / LEASE < sqs.calls < 4 * HOURS * 3600 / LEASE


def held(clock: Clock) -> HeldJob:
    message = JobMessage(
        job_id="0" * 32,
        client_id="0" * 16,
        shard=0,
        algorithm="a",
        pacs=InputReference(study_id="1", series_id="2", image_id="3"),
        parameters={},
        outputs=("preview",),
        accepted_at=1,
    )
    return HeldJob(message, Receipt("r"), "group", 1, clock.now + LEASE, {"started": 1})
