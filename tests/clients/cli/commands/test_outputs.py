"""`imaging outputs`: what is printed is what a shell, a dotenv reader or a JSON reader understands."""

import json
import os
import shutil
import subprocess
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from clients.cli.commands.outputs import FORMATS, variables
from clients.cli.local import record
from clients.cli.main import main

NASTY = 'http://h/it\'s "$(touch pwned)" `id` \\ $HOME; & \u2019'
STACK = {
    "ProcessingApiEndpoint": "http://127.0.0.1:1/api/",
    "PacsApiLB": "http://127.0.0.1:2",
    "ImageResultsTopicArn": "arn:aws:sns:eu-south-1:000000000000:results.fifo",
    "RequestQueues": {"median": "http://q/median", "3d-blur": "http://q/blur", "gaussian": NASTY},
    "ResultQueues": {"median": "http://r/median", "3d-blur": "http://r/blur", "gaussian": "http://r/gaussian"},
}


def test_variables_are_numbered_in_alphabetical_order_and_named_by_algorithm() -> None:
    found = variables(STACK)
    assert list(found) == [
        "API_BASE",
        "PACS_API_BASE",
        "RESULTS_TOPIC_ARN",
        "REQ1_QUEUE",
        "RES1_QUEUE",
        "REQ2_QUEUE",
        "RES2_QUEUE",
        "REQ3_QUEUE",
        "RES3_QUEUE",
        "_3D_BLUR_REQUESTS_QUEUE",
        "_3D_BLUR_RESULTS_QUEUE",
        "GAUSSIAN_REQUESTS_QUEUE",
        "GAUSSIAN_RESULTS_QUEUE",
        "MEDIAN_REQUESTS_QUEUE",
        "MEDIAN_RESULTS_QUEUE",
    ]
    assert found["API_BASE"] == "http://127.0.0.1:1/api"
    assert found["REQ2_QUEUE"] == found["GAUSSIAN_REQUESTS_QUEUE"] == NASTY


def test_bash_takes_every_value_literally(tmp_path: Path) -> None:
    script = FORMATS["bash"](variables(STACK)) + "\nenv -0"
    run = subprocess.run(["bash", "-eu", "-c", script], capture_output=True, text=True, check=True, cwd=tmp_path)
    seen = {name: value for name, _, value in (line.partition("=") for line in run.stdout.split("\0"))}
    assert {name: seen[name] for name in variables(STACK)} == variables(STACK)
    assert not list(tmp_path.iterdir())


def test_powershell_doubles_every_kind_of_single_quote() -> None:
    line = FORMATS["powershell"]({"A": "it's \u2019 $x"})
    assert line == "$env:A = 'it''s \u2019\u2019 $x'"


def test_dotenv_and_json_keep_the_values() -> None:
    assert FORMATS["dotenv"]({"A": "http://q/$x"}) == "A='http://q/$x'"
    assert FORMATS["dotenv"]({"A": "it's $x"}) == 'A="it\'s \\$x"'
    assert json.loads(FORMATS["json"](variables(STACK))) == variables(STACK)


@pytest.mark.parametrize("wrong", [{"RequestQueues": 1}, {"ResultQueues": {}}, {"PacsApiLB": None}])
def test_what_is_not_an_imaging_stack_is_an_error(wrong: dict[str, object]) -> None:
    for outputs in ({**STACK, **wrong}, {}):
        with pytest.raises(click.ClickException, match="not the outputs of an imaging stack"):
            variables(outputs)


def test_a_value_with_a_line_break_and_two_algorithms_of_one_variable_are_errors() -> None:
    with pytest.raises(click.ClickException, match="RESULTS_TOPIC_ARN is not one line"):
        variables({**STACK, "ImageResultsTopicArn": "a\nb"})
    with pytest.raises(click.ClickException, match="share the variable A_B_REQUESTS_QUEUE"):
        variables({**STACK, "RequestQueues": {"a-b": "x", "a_b": "y"}, "ResultQueues": {"a-b": "x", "a_b": "y"}})


def test_nothing_up_is_an_error_that_says_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    run = CliRunner().invoke(main, ["outputs"])
    assert run.exit_code == 1
    assert run.stdout == ""
    assert "imaging up" in run.stderr


def test_the_record_counts_only_while_its_process_lives(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    record.write(STACK, os.getpid(), {})
    run = CliRunner().invoke(main, ["outputs", "--format", "json"])
    assert json.loads(run.stdout) == variables(STACK)
    child = subprocess.Popen([shutil.which("true") or "true"])
    child.wait()
    record.write(STACK, child.pid, {})
    assert CliRunner().invoke(main, ["outputs"]).exit_code == 1


def test_a_folder_has_one_system_at_a_time_and_is_left_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    record.write(STACK, os.getpid(), {})  # left by one that was killed, and whose id another process has
    with record.claimed():
        assert record.owner() is None
        with (
            pytest.raises(click.ClickException, match="already runs in this folder: use it, or stop it"),
            record.claimed(),
        ):
            pass
        record.write(STACK, os.getpid(), {})
        with pytest.raises(click.ClickException, match=rf"\(process {os.getpid()}\)"), record.claimed():
            pass
        record.remove()
    assert not list(tmp_path.iterdir())
    with record.claimed():
        pass


def test_outputs_of_a_deployed_stack_come_from_standard_input_or_a_file(tmp_path: Path) -> None:
    run = CliRunner().invoke(main, ["outputs", "--file", "-", "--format", "json"], input=json.dumps(STACK))
    assert json.loads(run.stdout) == variables(STACK)
    (tmp_path / "stack.json").write_text("[]")
    run = CliRunner().invoke(main, ["outputs", "--file", str(tmp_path / "stack.json")])
    assert run.exit_code == 1
    assert "not a JSON object" in run.stderr
    run = CliRunner().invoke(main, ["outputs", "--file", "-"], input="{")
    assert "not JSON" in run.stderr
