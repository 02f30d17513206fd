"""The emulator tells of each call of ECS that may change something, and of no other."""

from pathlib import Path

import pytest

from runtime.local.emulator import changes


def test_changes_are_told_and_readings_are_not(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "changes"
    monkeypatch.setenv(changes.FILE, str(path))
    dispatch = changes.telling(lambda action, data: (action, data))
    assert changes.count(path) == 0
    assert dispatch("DescribeServices", 1) == ("DescribeServices", 1) and changes.count(path) == 0
    for action in ("CreateService", "UpdateService", "ListClusters"):
        dispatch(action, {})
    assert changes.count(path) == 2


def test_it_is_told_once_the_change_is_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "changes"
    monkeypatch.setenv(changes.FILE, str(path))
    assert changes.telling(lambda *_: changes.count(path))("UpdateService", {}) == 0
