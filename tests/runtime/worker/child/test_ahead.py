"""Jobs that the child has ahead of their turn are answered in order, and nobody pays for the one before."""

import multiprocessing.forkserver
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from pydicom.data import get_testdata_file

from runtime.contracts.models import JobMessage
from runtime.worker.child import handle
from runtime.worker.child.ahead import PIPE_BYTES, Ahead
from runtime.worker.child.handle import Died
from runtime.worker.child.messages import Done
from runtime.worker.jobs.held_job import Held
from tests.runtime.worker.conftest import IMAGE, PLUGIN, runs

ADDRESS = "moody:moody"
MEMORY = 100 << 20


@pytest.fixture(scope="module")
def noted(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The server that forks the children, and the file in which the algorithm notes each run."""
    file = tmp_path_factory.mktemp("ahead") / "runs"
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(PLUGIN.parent)
        patch.setenv("PYTHONPATH", str(PLUGIN.parent))
        patch.setenv("MOODY_RUNS", str(file))
        handle.prepare(ADDRESS)
        yield file
        server: Any = multiprocessing.forkserver._forkserver  # pyright: ignore # it has no public way to stop
        server._stop()


@contextmanager
def sent(folder: Path, *moods: str) -> Iterator[Ahead]:
    """A child and jobs that were sent to it, tagged by their index and the test."""
    ahead = Ahead(ADDRESS, MEMORY, folder)
    for index, mood in enumerate(moods):
        ahead.add(held(mood, f"{index}-{folder.name}"))
    ahead.send()
    try:
        yield ahead
    finally:
        ahead.close()


def held(mood: str, tag: str) -> Held:
    """A job with its input."""
    file = get_testdata_file("CT_small.dcm")
    assert isinstance(file, str)
    job = JobMessage(
        job_id=uuid.uuid4().hex, client_id="0" * 16, shard=0, algorithm="moody", pacs=IMAGE,
        parameters={}, outputs=("values",), accepted_at=1,
    )  # fmt: skip
    given = {"mood": mood, "tag": tag, "seconds": 0.0}
    return Held(job, "receipt", tag, 1, time.monotonic() + 60, {}, parameters=given, paths=(Path(file),))


def answer(ahead: Ahead) -> dict[str, Any]:
    """Return the first one's measurements and let it go."""
    while not isinstance(reply := ahead.receive(20), Done):
        assert reply is not None
    ahead.over()
    return dict(reply.measurements)


def answers(ahead: Ahead) -> list[dict[str, Any]]:
    """Return the measurements of all jobs that are left, one after another."""
    measured: list[dict[str, Any]] = []
    while len(ahead):
        ahead.send()
        measured.append(answer(ahead))
    return measured


def test_one_child_answers_all_that_it_was_sent(tmp_path: Path, noted: Path) -> None:
    with sent(tmp_path, "nothing", "nothing", "nothing") as ahead:
        assert answers(ahead) == [{"planes": 1}] * 3
    assert len({run for index in range(3) for run in runs(noted, f"{index}-{tmp_path.name}")}) == 1


def test_the_next_begins_before_the_first_is_over(tmp_path: Path, noted: Path) -> None:
    with sent(tmp_path, "nothing", "nothing") as ahead:
        deadline = time.monotonic() + 20
        while not runs(noted, f"1-{tmp_path.name}"):
            assert time.monotonic() < deadline
            time.sleep(0.02)
        assert ahead.first.parameters["tag"] == f"0-{tmp_path.name}"


@pytest.mark.parametrize("mood", ["segfault", "exit", "killed"])
def test_a_crash_is_its_own_jobs_alone(tmp_path: Path, noted: Path, mood: str) -> None:
    with sent(tmp_path, "nothing", mood, "nothing", "nothing") as ahead:
        first = answer(ahead)
        ahead.send()
        with pytest.raises(Died):
            while ahead.receive(20) is not None:
                pass
        ahead.over()
        assert first == {"planes": 1} and answers(ahead) == [{"planes": 1}] * 2
    assert [len(runs(noted, f"{index}-{tmp_path.name}")) for index in range(4)] == [1] * 4


def test_one_that_is_not_answered_in_time_holds_up_no_other(tmp_path: Path, noted: Path) -> None:
    with sent(tmp_path, "loop", "nothing") as ahead:
        while ahead.receive(1) is not None:  # its progress
            pass
        ahead.over()
        assert answers(ahead) == [{"planes": 1}]


def test_what_one_leaves_behind_is_not_paid_by_the_next(tmp_path: Path, noted: Path) -> None:
    with sent(tmp_path, "leak", "leak", "leak") as ahead:
        assert answers(ahead) == [{"leaked": 1}] * 3


def test_a_task_that_might_not_fit_into_the_pipe_waits_for_its_turn(tmp_path: Path, noted: Path) -> None:
    with sent(tmp_path, "nothing", "nothing") as ahead:
        ahead.add(held("nothing", "x" * PIPE_BYTES))
        ahead.add(held("nothing", "after"))
        assert answer(ahead) == {"planes": 1}
        ahead.send()
        assert answer(ahead) == {"planes": 1}
        time.sleep(0.3)
        assert not runs(noted, "x" * PIPE_BYTES)
        assert answers(ahead) == [{"planes": 1}] * 2
