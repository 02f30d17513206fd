"""`imaging profile` prints the line to paste and what jobs cost."""

import re
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from clients.cli.commands.profile import cost
from clients.cli.main import main
from runtime.authoring import profile
from runtime.operation import prices

PLUGIN = Path(__file__).parents[3] / "runtime/authoring/tried_plugin.py"


def test_a_thousand_jobs_cost_what_their_seconds_cost() -> None:
    known = prices.read()
    hours = 1000 * 36 / 3600
    expected = hours * (2 * known.of("arm_vcpu_hour") + 4 * known.of("arm_gb_hour"))
    assert cost(2, 4096, 36).startswith(f"${expected:.2g} on ARM, ")


def test_the_table_the_fit_and_the_line_are_printed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "path", list(sys.path))
    monkeypatch.setattr(profile, "VOLUMES", ((2, 16, 16), (2, 32, 32)))
    done = CliRunner().invoke(main, ["profile", str(PLUGIN), "--size", "10x512x512"])
    assert done.exit_code == 0, done.output
    assert re.search(r"^2 x 16 x 16 +\d", done.stdout, re.MULTILINE)
    assert "10 x 512 x 512 takes about" in done.stdout
    assert re.search(r"^resources=Resources\(vcpu=0\.5, memory_mib=1024, .*\),$", done.stdout, re.MULTILINE)
    assert done.stdout.endswith("largest_input=(10, 512, 512),\n")


def test_a_size_that_is_none_is_refused() -> None:
    assert CliRunner().invoke(main, ["profile", "gaussian", "--size", "512"]).exit_code == 2
