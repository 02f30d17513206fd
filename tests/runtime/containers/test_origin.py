"""A plugin comes into its container image from where it was installed from."""

from pathlib import Path

import pytest

from runtime.containers import Context, build_context
from tests.runtime.containers.distributions import installed


def plugin(target: Context) -> str:
    """Return the requirement with which the container image installs the plugin."""
    return (target.folder / "plugin.txt").read_text().strip()


def test_a_plugin_from_the_index_is_pinned_to_its_version(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    installed(tmp_path / "site", monkeypatch, None)
    target = build_context("a-plugin", "worker", tmp_path)
    assert plugin(target) == "a-plugin==1.2"


def test_a_plugin_from_a_folder_comes_with_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source = tmp_path / "a source"
    source.mkdir()
    (source / "pyproject.toml").write_text("[project]")
    installed(tmp_path / "site", monkeypatch, {"url": source.as_uri(), "dir_info": {"editable": True}})
    target = build_context("a-plugin", "worker", tmp_path)
    assert plugin(target) == "/context/plugin"
    assert (target.folder / "plugin/pyproject.toml").read_text() == "[project]"
    (source / "pyproject.toml").write_text("[project]\nname='other'")
    assert build_context("a-plugin", "worker", tmp_path).tag != target.tag


def test_a_plugin_from_version_control_is_pinned_to_its_commit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    origin = {"url": "https://example.org/a.git", "vcs_info": {"vcs": "git", "commit_id": "abc"}}
    installed(tmp_path / "site", monkeypatch, origin)
    target = build_context("a-plugin", "worker", tmp_path)
    assert plugin(target) == "a-plugin @ git+https://example.org/a.git@abc"


@pytest.mark.parametrize(
    ("origin", "wanted"),
    [
        (
            {"url": "https://example.org/a.git", "vcs_info": {"vcs": "git", "commit_id": "abc"}, "subdirectory": "py"},
            "git+https://example.org/a.git@abc#subdirectory=py",
        ),
        (
            {"url": "https://example.org/a.zip", "archive_info": {"hashes": {"sha256": "12"}}, "subdirectory": "py"},
            "https://example.org/a.zip#subdirectory=py&sha256=12",
        ),
        ({"url": "https://example.org/a.zip", "archive_info": {}}, "https://example.org/a.zip"),
    ],
)
def test_what_stands_at_an_address_is_pinned_to_its_place_and_content(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, origin: dict[str, object], wanted: str
) -> None:
    installed(tmp_path / "site", monkeypatch, origin)
    target = build_context("a-plugin", "worker", tmp_path)
    assert plugin(target) == f"a-plugin @ {wanted}"


def test_a_plugin_from_a_wheel_comes_with_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    wheel = tmp_path / "a_plugin-1.2-py3-none-any.whl"
    wheel.write_bytes(b"wheel")
    installed(tmp_path / "site", monkeypatch, {"url": wheel.as_uri(), "archive_info": {}})
    target = build_context("a-plugin", "worker", tmp_path)
    assert plugin(target) == f"/context/{wheel.name}"
    assert (target.folder / wheel.name).read_bytes() == b"wheel"
