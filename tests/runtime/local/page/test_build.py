"""The page is built only where it can be."""

from pathlib import Path

import pytest

from runtime.local.page import build


def test_what_node_modules_points_to_is_never_emptied(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    web, elsewhere = tmp_path / "web", tmp_path / "elsewhere"
    web.mkdir()
    elsewhere.mkdir()
    (elsewhere / "react.js").touch()
    (web / "package.json").touch()
    (web / "package-lock.json").touch()
    (web / "node_modules").symlink_to(elsewhere)
    monkeypatch.setattr(build, "_node_is_new_enough", lambda: True)
    monkeypatch.setattr(build.shutil, "which", lambda _: "npm")
    with pytest.raises(build.PageUnavailable, match="node_modules is a link"):
        build.built(web)
    assert (elsewhere / "react.js").exists()
