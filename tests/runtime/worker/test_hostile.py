"""What an algorithm reaches for that is not its own: it gets nothing, and the worker goes on."""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from runtime import procfs
from runtime.contracts.models import JobResult
from runtime.local.emulator.emulator import Emulator
from runtime.worker.child.output import LONGEST_LINE, MOST_BYTES
from tests.runtime.worker.new_site import new_site
from tests.runtime.worker.process import WorkerProcess
from tests.runtime.worker.site import Shared, Site


@pytest.fixture(scope="module")
def hostile(
    cloud: Emulator, shared: Shared, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Site, WorkerProcess]]:
    """One worker of the hostile algorithm."""
    with new_site(cloud, shared, tmp_path_factory.mktemp("hostile"), "hostile") as made, made.worker() as running:
        yield made, running
        assert running.stop() == 0


def attempt(hostile: tuple[Site, WorkerProcess], what: str, file: Path | str = "") -> JobResult:
    """Let the algorithm try it."""
    site, worker = hostile
    job = site.job().model_copy(update={"parameters": {"attempt": what, "file": str(file)}})
    job_id = site.send_job(job)
    (result,) = site.client.wait(job_id, seconds=40)
    assert worker.process.poll() is None
    return result


def found(result: JobResult) -> object:
    """Return what it found."""
    assert result.status == "succeeded", result.error
    return result.measurements["found"]


def test_it_knows_neither_credentials_nor_addresses(hostile: tuple[Site, WorkerProcess]) -> None:
    assert found(attempt(hostile, "environment")) == ""
    assert found(attempt(hostile, "credentials")) == "None"


def test_it_cannot_open_the_workers_memory(hostile: tuple[Site, WorkerProcess]) -> None:
    assert found(attempt(hostile, "memory")) == "PermissionError"


@pytest.mark.parametrize("what", ["daemon", "orphan"])
def test_no_process_outlives_its_job(hostile: tuple[Site, WorkerProcess], tmp_path: Path, what: str) -> None:
    attempt(hostile, what, tmp_path / "pid")
    process = int((tmp_path / "pid").read_text())
    deadline = time.monotonic() + 30
    while procfs.is_running(process):
        assert time.monotonic() < deadline
        time.sleep(0.05)


@pytest.mark.parametrize("what", ["pickle", "stall"])
def test_what_is_no_reply_ends_its_job_alone(hostile: tuple[Site, WorkerProcess], tmp_path: Path, what: str) -> None:
    result = attempt(hostile, what, tmp_path / "unpickled")
    assert result.error is not None and result.error.code == "algorithm_crashed"
    assert not (tmp_path / "unpickled").exists()
    assert found(attempt(hostile, "environment")) == ""


@pytest.mark.parametrize("what", ["outside", "link"])
def test_no_file_but_its_own_is_a_result(hostile: tuple[Site, WorkerProcess], what: str) -> None:
    result = attempt(hostile, what)
    assert result.error is not None and result.error.code == "invalid_result"
    assert result.outputs == ()


def test_what_it_prints_is_marked_and_bounded(hostile: tuple[Site, WorkerProcess]) -> None:
    _, worker = hostile
    result = attempt(hostile, "shout")
    lines = [line for line in worker.log("algorithm_output") if line["job_id"] == result.job_id]
    assert lines[0]["text"].startswith('{"_aws"')
    assert MOST_BYTES <= sum(len(line["text"]) for line in lines) <= MOST_BYTES + LONGEST_LINE
    assert [line["job_id"] for line in worker.log("algorithm_output_cut")] == [result.job_id]
    assert {"job_id": None, "text": "imported"}.items() <= worker.log("algorithm_output")[0].items()
    assert '\n{"_aws"' not in worker.output.read_text()


def test_nothing_that_it_says_to_others_is_printed_unmarked(hostile: tuple[Site, WorkerProcess]) -> None:
    attempt(hostile, "complain")
    assert found(attempt(hostile, "environment")) == ""
    lines = hostile[1].output.read_text().splitlines()
    assert [line for line in lines if not line.startswith('{"time"')] == []


def test_a_file_has_a_bound(hostile: tuple[Site, WorkerProcess], tmp_path: Path) -> None:
    assert found(attempt(hostile, "huge_file", tmp_path / "huge")) == "File too large"


@pytest.mark.parametrize(("what", "code"), [("surrogate", "invalid_result"), ("long_refusal", "input_unsupported")])
def test_text_that_does_not_fit_ends_its_job_as_what_it_is(
    hostile: tuple[Site, WorkerProcess], what: str, code: str
) -> None:
    result = attempt(hostile, what)
    assert result.error is not None and result.error.code == code
    assert result.attempts == 1


def test_no_job_finds_what_another_left_in_the_process(hostile: tuple[Site, WorkerProcess]) -> None:
    before = str(found(attempt(hostile, "look"))).split()
    attempt(hostile, "leave")
    after = attempt(hostile, "look")
    assert str(found(after)).split() == before  # the same process
    assert before[1:] == ["None", "(True,", "True,", "True,", "True)"]
    told = [line["text"] for line in hostile[1].log("algorithm_output") if line["job_id"] == after.job_id]
    assert told == ["heard"]


def test_a_process_with_too_many_open_files_takes_no_other_job(hostile: tuple[Site, WorkerProcess]) -> None:
    spent = found(attempt(hostile, "open_files"))
    assert str(found(attempt(hostile, "look"))).split()[0] != spent


def test_a_job_that_closes_all_files_crashes_alone(hostile: tuple[Site, WorkerProcess]) -> None:
    result = attempt(hostile, "close_files")
    assert result.error is not None and result.error.code == "algorithm_crashed"
    assert found(attempt(hostile, "environment")) == ""


def test_a_process_that_a_job_forked_answers_neither_this_job_nor_the_next(hostile: tuple[Site, WorkerProcess]) -> None:
    assert found(attempt(hostile, "twins")) == "the second of twins"
    following = attempt(hostile, "environment")
    assert (found(following), following.attempts) == ("", 1)
