"""A job ends in its time, whatever its process says and however slowly."""

import errno
import threading
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from runtime.worker.child import output
from runtime.worker.child.handle import ChildError, Died
from runtime.worker.child.messages import Done, Failed, Reply
from runtime.worker.steps import run
from runtime.worker.steps.compute import NOT_SURE
from runtime.worker.steps.run import Runner
from tests.runtime.worker.steps.test_heartbeat import jobs

FUTURE = 10**18


class Child:
    """A child that answers, or that goes on with its first message until it is killed."""

    is_usable = True

    def __init__(self, *replies: Reply) -> None:
        self._replies = list(replies)
        self._killed = threading.Event()

    def send(self, computation: object) -> None:
        pass

    def receive(self, seconds: float) -> Reply | None:
        if self._replies:
            return self._replies.pop(0)
        assert self._killed.wait(30)
        raise Died(-9)

    def kill(self) -> None:
        self._killed.set()

    def end_others(self) -> None:
        pass


@pytest.fixture
def runner(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setattr(run, "MESSAGE_SECONDS", 0.01)
    monkeypatch.setenv(output.VARIABLE, "")  # which the runner changes, for good
    runner: Any = Runner("any", tmp_path)
    runner._declaration = SimpleNamespace(resources=SimpleNamespace(timeout=0.01))
    return runner


def test_a_message_that_never_ends_ends_with_the_time_of_its_job(runner: Any) -> None:
    runner._child = Child()
    (job,) = jobs(1)
    outcome = runner.run(job)
    assert outcome.error.code == "timed_out"


def test_a_job_does_not_pay_for_a_process_that_an_earlier_one_has_stopped(
    runner: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(run, "BEGIN_SECONDS", 0.0)
    runner._declaration.resources.timeout = 10
    runner._child = Child()
    (job,) = jobs(1)
    assert runner.run(job).error.code in NOT_SURE


def test_the_moment_of_a_result_is_within_its_job(runner: Any) -> None:
    runner._declaration.resources.timeout = 10
    runner._child = Child(Done((), {"a": 1}, (), FUTURE))
    (job,) = jobs(1)
    assert runner.run(job).status == "succeeded"
    assert job.hops["started"] <= job.hops["computed"] < FUTURE


def test_a_job_does_not_pay_for_one_that_took_the_workers_folder_away(runner: Any, tmp_path: Path) -> None:
    runner._child = Child()
    tmp_path.rename(tmp_path.with_name("gone"))
    (job,) = jobs(1)
    with pytest.raises(ChildError):
        runner.run(job)


def test_a_job_does_not_pay_for_one_that_put_a_file_in_the_place_of_the_workers_folder(
    runner: Any, tmp_path: Path
) -> None:
    runner._child = Child()
    tmp_path.rename(tmp_path.with_name("moved"))
    tmp_path.touch()
    (job,) = jobs(1)
    with pytest.raises(ChildError):
        runner.run(job)


def test_a_full_disk_is_no_fault_of_the_process(runner: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: Any, **__: Any) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    runner._child = Child()
    monkeypatch.setattr(Path, "mkdir", full)
    (job,) = jobs(1)
    with pytest.raises(OSError, match="No space"):
        runner.run(job)


@pytest.mark.parametrize(("code", "ends"), [("algorithm_failed", True), ("input_unsupported", False)])
def test_a_process_whose_algorithm_broke_off_takes_no_other_job(runner: Any, code: str, *, ends: bool) -> None:
    runner._declaration.resources.timeout = 10
    runner._child = child = Child(Failed(code, "It did."))
    (job,) = jobs(1)
    assert runner.run(job).error.code == code
    assert child._killed.is_set() is ends
