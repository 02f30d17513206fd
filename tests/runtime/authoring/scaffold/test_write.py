"""A new distribution passes its own tests, the rules and the linter."""

import itertools
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from algorithms.errors import DeclarationError
from runtime.authoring.checks.check import Check
from runtime.authoring.scaffold import DIMENSIONS, RETURNS, write
from runtime.authoring.target import find
from tests.runtime.authoring.checks.test_check import Here


@pytest.fixture(autouse=True)
def clean(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(sys, "path", list(sys.path))
    yield
    for name in [each for each in sys.modules if each.startswith("fresh_")]:
        del sys.modules[name]


@pytest.mark.parametrize(("returns", "dimensions"), list(itertools.product(RETURNS, DIMENSIONS)))
def test_it_keeps_every_rule_and_its_values_are_right(returns: str, dimensions: str, tmp_path: Path) -> None:
    write(tmp_path, f"fresh-{returns}-{dimensions}", returns, dimensions)
    module = f"fresh_{returns}_{dimensions}"
    registered = find(str(tmp_path / f"src/{module}.py"))
    assert [each.faults for each in Check(registered, Here(registered)).findings() if each.faults] == []
    names: dict[str, Any] = {}
    exec((tmp_path / f"tests/test_{module}.py").read_text(), names)  # those of its tests that need no process
    (test,) = (each for name, each in names.items() if name.startswith("test_") and "worker" not in name)
    test()


def test_its_own_tests_pass_as_they_stand(tmp_path: Path) -> None:
    write(tmp_path / "fresh-one", "fresh-one", "measurements", "3")
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider"]
    run = subprocess.run(command, cwd=tmp_path / "fresh-one", capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout + run.stderr
    assert "16 passed" in run.stdout


def test_it_is_linted_and_its_project_can_be_read(tmp_path: Path) -> None:
    for returns, dimensions in itertools.product(RETURNS, DIMENSIONS):
        write(tmp_path / returns / dimensions, f"fresh-{returns}-{dimensions}", returns, dimensions)
        project = tomllib.loads((tmp_path / returns / dimensions / "pyproject.toml").read_text())
        assert project["project"]["entry-points"]["imaging.algorithms"] == {
            f"fresh-{returns}-{dimensions}": f"fresh_{returns}_{dimensions}"
        }
    ruff = [sys.executable, "-m", "ruff", "check", "--isolated", "--line-length=120", "--select=E,F,W,B,UP,N", "."]
    assert subprocess.run(ruff, cwd=tmp_path, capture_output=True, check=False).returncode == 0


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("json", "another name"),
        ("7x", "begin with a letter"),
        ("Filter", "cannot name an algorithm"),
        ("class", "a word of the language"),
        ("gaussian", "an algorithm gaussian is installed already"),
    ],
)
def test_a_name_that_cannot_be_is_refused(name: str, message: str, tmp_path: Path) -> None:
    with pytest.raises((ValueError, DeclarationError), match=re.escape(message)):
        write(tmp_path, name, "image", "2")
    assert not list(tmp_path.iterdir())


def test_nothing_is_overwritten(tmp_path: Path) -> None:
    (tmp_path / "mine.py").touch()
    with pytest.raises(ValueError, match="is not empty"):
        write(tmp_path, "fresh-two", "image", "2")
