"""What a job would find changed by the one before it."""

import sys
from pathlib import Path

import numpy as np
import pytest

from runtime.authoring.trials.surroundings import changes, surroundings


def test_changes_of_the_process_are_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    before = surroundings()
    assert changes(before) == []
    monkeypatch.setenv("OMP_NUM_THREADS", "1")
    monkeypatch.setenv("TMPDIR", "elsewhere")  # the worker's own
    (tmp_path / "left.png").touch()
    limit = sys.getrecursionlimit()
    sys.setrecursionlimit(limit + 1)
    try:
        with np.errstate(all="raise"):
            found = changes(before)
    finally:
        sys.setrecursionlimit(limit)
    assert found == [
        "files in the working directory",
        "NumPy's handling of errors (np.seterr)",
        "the recursion limit",
        "the environment variable OMP_NUM_THREADS",
    ]


def test_the_working_directory_is_set_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    before = surroundings()
    monkeypatch.chdir("/")
    assert changes(before) == ["the working directory"]
    assert Path.cwd() == tmp_path


def test_variables_that_an_import_sets_are_its_own_affair(monkeypatch: pytest.MonkeyPatch) -> None:
    before = surroundings()
    monkeypatch.setitem(sys.modules, "a_library", sys)
    monkeypatch.setenv("LD_LIBRARY_PATH", "of a library")
    assert changes(before) == []
