"""The command imports what is asked for, and Ctrl-C ends it quietly at any moment."""

import subprocess
import sys

import click
import pytest
from click.testing import CliRunner

from clients.cli.main import AUTHORING, OPERATORS, USERS, main

INTERRUPTED = """
import builtins
import clients.cli.__main__ as command
usual = builtins.__import__
def interrupted(name, *rest):
    if name == {module!r}:
        raise KeyboardInterrupt
    return usual(name, *rest)
builtins.__import__ = interrupted
import sys
sys.argv = ["imaging", "queues"]
command.run()
"""


def test_every_name_has_its_command() -> None:
    context = click.Context(main)
    found = {name: main.get_command(context, name) for name in main.list_commands(context)}
    assert {name: each and each.name for name, each in found.items()} == {name: name for name in found}
    assert set(found) == {*USERS, *OPERATORS, *AUTHORING}
    assert main.get_command(context, "main") is None


def test_the_help_tells_of_all() -> None:
    told = CliRunner().invoke(main, ["--help"])
    assert told.exit_code == 0 and "try " in told.output and "fetch " in told.output


def test_ctrl_c_during_imports_says_nothing() -> None:
    for module in ("clients.cli.main", "clients.cli.operation"):
        code = INTERRUPTED.format(module=module)
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60)
        assert (done.returncode, done.stdout, done.stderr) == (130, "", ""), module


def test_ctrl_c_while_the_command_line_is_read_says_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(click.Group, "make_context", interrupted)
    done = CliRunner().invoke(main, ["queues"])
    assert (done.exit_code, done.output) == (130, "")


def test_a_trial_loads_nothing_that_calls_an_api() -> None:
    code = "import sys, clients.cli.commands.trial; print({'httpx', 'rich'} & set(sys.modules))"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "set()\n"
