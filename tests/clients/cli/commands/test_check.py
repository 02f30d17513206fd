"""`imaging check` prints a line for each rule and a sentence for each fault."""

import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from clients.cli.main import main

BAD = Path(__file__).parents[3] / "runtime/authoring/checks/bad.py"


def test_faults_are_listed_and_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "path", list(sys.path))
    done = CliRunner().invoke(main, ["check", f"{BAD}:listing"])
    assert done.exit_code == 1
    assert done.stdout.splitlines() == [
        f"{BAD}:listing: light import: ok",
        f"{BAD}:listing: computes",
        "  an ordinary image: The algorithm returned a list, neither Image nor Result.",
    ]
    assert done.stderr == "1 fault\n"


def test_what_cannot_be_found_is_refused() -> None:
    done = CliRunner().invoke(main, ["check", "nothing"])
    assert (done.exit_code, "no algorithm 'nothing' is installed" in done.stderr) == (3, True)
