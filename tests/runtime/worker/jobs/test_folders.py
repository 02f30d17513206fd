"""What an algorithm has made of its folder is removed, and nothing else."""

from pathlib import Path

import pytest

from runtime.worker.jobs import folders
from runtime.worker.jobs.folders import remove


def test_a_folder_without_rights_goes(tmp_path: Path) -> None:
    inner = tmp_path / "job" / "inner"
    inner.mkdir(parents=True)
    (inner / "file").write_text("x")
    inner.chmod(0o500)
    (tmp_path / "job").chmod(0o500)
    remove(tmp_path / "job")
    assert list(tmp_path.iterdir()) == []


def test_a_folder_deeper_than_python_can_go_goes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def too_deep(*_: object, **__: object) -> None:
        raise RecursionError  # as of folders nested 1,000 deep, in Python 3.11

    (tmp_path / "job" / "inner").mkdir(parents=True)
    monkeypatch.setattr(folders.shutil, "rmtree", too_deep)
    remove(tmp_path / "job")
    assert list(tmp_path.iterdir()) == []


def test_a_link_goes_and_not_what_it_leads_to(tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    (tmp_path / "job").symlink_to(other)
    remove(tmp_path / "job")
    assert list(tmp_path.iterdir()) == [other]


def test_a_folder_that_is_not_there_is_no_error(tmp_path: Path) -> None:
    remove(tmp_path / "job")
