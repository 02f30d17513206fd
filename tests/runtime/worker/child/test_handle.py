"""The child as the worker holds it: it answers, dies alone, and is replaced before it costs the next computation."""

import multiprocessing.forkserver
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from pydicom.data import get_testdata_file

from runtime.worker.child import handle
from runtime.worker.child.fork import forking
from runtime.worker.child.handle import ChildError, ChildProcess, Died
from runtime.worker.child.messages import Computation, Done, Failed, Reply
from tests.runtime.worker.plugins import install


@pytest.fixture(scope="module", autouse=True)
def forks(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """The server that forks the children."""
    with pytest.MonkeyPatch.context() as patch:
        folder = tmp_path_factory.mktemp("child")
        install(folder)
        patch.setenv("PYTHONPATH", str(folder / "plugin"))
        patch.syspath_prepend(folder / "plugin")  # a fork server has its parent's path from Python 3.13 on
        patch.setenv("MOODY_RUNS", str(folder / "runs"))
        forking.prepare("moody")
        yield
        server: Any = multiprocessing.forkserver._forkserver  # pyright: ignore # it has no public way to stop
        server._stop()


@contextmanager
def child() -> Iterator[ChildProcess]:
    """A child that has loaded the algorithm."""
    process = ChildProcess("moody")
    try:
        yield process
    finally:
        process.close()


def computation(folder: Path, mood: str) -> Computation:
    """A computation with its input."""
    file = get_testdata_file("CT_small.dcm")
    assert isinstance(file, str)
    return Computation((Path(file),), {"mood": mood, "tag": mood, "seconds": 0.0}, ("values",), folder)


def answer(process: ChildProcess, seconds: float = 20) -> Reply:
    """Return what ends the computation."""
    while not isinstance(reply := process.receive(seconds), Done | Failed):
        assert reply is not None
    return reply


def test_one_child_answers_one_computation_after_another(tmp_path: Path) -> None:
    with child() as process:
        for _ in range(3):
            process.send(computation(tmp_path, "nothing"))
            reply = answer(process)
            assert isinstance(reply, Done) and dict(reply.measurements) == {"planes": 1}
            assert process.is_usable


def test_an_answer_to_another_computation_is_not_taken(tmp_path: Path) -> None:
    with child() as process:
        process.send(computation(tmp_path / "one", "nothing"))
        process._asked = "two"  # pyright: ignore[reportPrivateUsage] # as if a copy of the process had answered one
        reply = answer(process)
        assert isinstance(reply, Failed) and reply.code == "algorithm_crashed"
        assert not process.is_usable


@pytest.mark.parametrize(
    ("mood", "status"), [("segfault", -signal.SIGSEGV), ("killed", -signal.SIGKILL), ("exit", None)]
)
def test_its_death_is_told_and_the_next_takes_its_place(tmp_path: Path, mood: str, status: int | None) -> None:
    with child() as process:
        process.send(computation(tmp_path, mood))
        with pytest.raises(Died) as died:
            answer(process)
        assert status is None or died.value.status == status
        assert not process.is_usable
    with child() as process:
        process.send(computation(tmp_path, "nothing"))
        assert isinstance(answer(process), Done)


def test_one_that_says_nothing_in_time_can_be_killed(tmp_path: Path) -> None:
    with child() as process:
        process.send(computation(tmp_path, "loop"))
        while process.receive(1) is not None:  # its progress
            pass
        process.kill()
        assert not process.is_usable


def test_what_a_computation_leaves_behind_is_not_paid_by_the_next(tmp_path: Path) -> None:
    with child() as process:
        for _ in range(3):
            if not process.is_usable:
                break
            process.send(computation(tmp_path, "leak"))
            assert isinstance(answer(process), Done)
        assert not process.is_usable


def test_loading_that_takes_too_long_is_ended(tmp_path: Path) -> None:
    install(tmp_path)
    code = """if True:
        from runtime.worker.child import handle
        from runtime.worker.child.fork import forking
        forking.START_SECONDS = 2
        forking.prepare("loaded")
        try:
            handle.ChildProcess("loaded")
        except handle.ChildError as error:
            print(error)
    """
    own = {"PYTHONPATH": str(tmp_path / "plugin"), "MOODY_RUNS": str(tmp_path / "runs"), "LOADED_WAY": "sleeps"}
    done = subprocess.run(
        [sys.executable, "-c", code], env={**os.environ, **own}, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "loading loaded took longer than 2 s"


def test_a_server_that_stands_still_is_replaced(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(forking, "FORK_SECONDS", 0.2)
    os.kill(forking.ensure_running(), signal.SIGSTOP)
    with pytest.raises(ChildError, match="forks children died"):
        ChildProcess("moody")
    monkeypatch.undo()
    with child() as process:
        assert process.is_usable


def test_one_whose_server_stands_still_is_replaced(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(handle, "STATUS_SECONDS", 0.2)
    with child() as process:
        server = forking.ensure_running()
        os.kill(server, signal.SIGSTOP)
        process.kill()
        with pytest.raises(Died):
            process.receive(1.0)
    with child() as process:
        assert process.is_usable and forking.ensure_running() != server
