"""Logs of tasks: which file is whose, whole lines only, each once, and as a person reads them."""

import json
import os
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from clients.cli.commands import logs
from clients.cli.local import record
from clients.cli.local.log_files import Logs, service
from clients.cli.main import main
from clients.cli.reports import job_lines, log_lines

ENDED = {
    "time": 1795710367.676,
    "event": "job_ended",
    "_aws": {"Timestamp": 1},
    "Algorithm": "gaussian",
    "job_id": "99",
    "algorithm": "gaussian",
    "status": "failed",
    "code": "algorithm_error",
    "milliseconds": {"queued": 20, "started": 1500, "computed": 480},
}
FAILED = {
    "time": 1795710367.0,
    "event": "algorithm_failed",
    "job_id": "99",
    "trace": "Traceback:\n  line 1\nValueError",
}


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("curvature-flow-service-26757ea-3.log", "curvature-flow"),
        ("pacs-api-cd54bea-1.log", "pacs-api"),
        ("my-service-service-0000000-12.log", "my-service"),
    ],
)
def test_a_file_belongs_to_a_service(name: str, expected: str) -> None:
    assert service(name) == expected


def test_each_whole_line_comes_once(tmp_path: Path) -> None:
    second, first = tmp_path / "a-service-0000000-10.log", tmp_path / "b-service-0000000-9.log"
    second.write_text("two\nhal")
    first.write_text("one\n")
    logs = Logs(tmp_path)
    assert [line.text for line in logs.new()] == ["one", "two"]
    with second.open("a") as file:
        file.write("f\n")
    assert [line.text for line in logs.new()] == ["half"]


def test_only_the_wanted_services_are_read(tmp_path: Path) -> None:
    (tmp_path / "a-service-0000000-1.log").write_text("one\n")
    (tmp_path / "b-service-0000000-2.log").write_text("two\n")
    assert [line.service for line in Logs(tmp_path, lambda service: service == "b").new()] == ["b"]


def test_the_end_of_a_job_is_one_line() -> None:
    text = log_lines.readable(ENDED, "gaussian")
    assert text.split(maxsplit=1)[1] == "gaussian job 99 failed algorithm_error 2.0 s (started 1.5 s)"


def test_a_traceback_follows_its_line() -> None:
    lines = log_lines.readable(FAILED, "gaussian").splitlines()
    assert lines[0].endswith("gaussian algorithm_failed job_id=99")
    assert lines[1:] == ["    Traceback:", "      line 1", "    ValueError"]


def test_what_is_no_json_is_kept_as_it_is() -> None:
    assert log_lines.readable(log_lines.parse("Killed"), "median").strip() == "median Killed"
    assert log_lines.parse("3") == {"text": "3"}


@pytest.mark.parametrize(
    "text", ['{"time": "now", "event": "x"}', '{"time": 1e300, "event": "x"}', '{"level": 3}', "[" * 9999]
)
def test_what_a_plugin_prints_as_json_is_its_text(text: str) -> None:
    assert log_lines.readable(log_lines.parse(text), "median").strip() == f"median {text}"


def test_a_log_that_goes_while_it_is_read_is_left_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Path, "glob", lambda self, pattern: [self / "a-service-0000000-1.log"])
    assert list(Logs(tmp_path).new()) == []


def test_following_ends_with_the_system(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    folder = tmp_path / "logs"
    folder.mkdir()
    (folder / "a-service-0000000-1.log").write_text("last words\n")
    record.write({"RequestQueues": {}}, os.getpid(), {"logs": str(folder)})
    monkeypatch.setattr(logs.time, "sleep", lambda seconds: shutil.rmtree(folder))
    done = CliRunner().invoke(main, ["logs", "-f"], catch_exceptions=False)
    assert (done.exit_code, done.stdout.strip()) == (0, "a last words")
    assert done.stderr == "`imaging up` has ended, so there is nothing more to follow\n"


def test_the_terminal_of_up_shows_ends_and_tracebacks_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lines = [{"time": 1.0, "event": "worker_started"}, FAILED, ENDED]
    (tmp_path / "gaussian-service-0000000-1.log").write_text("".join(json.dumps(line) + "\n" for line in lines))
    job_lines.show(Logs(tmp_path))
    told = capsys.readouterr().out
    assert "worker_started" not in told and "ValueError" in told and "job 99 failed" in told
