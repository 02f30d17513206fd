"""What an image is built from: the platform, and exactly the plugin that is installed here."""

import json
import subprocess
import sys
from importlib.metadata import Distribution, PathDistribution
from pathlib import Path
from typing import Any

import pytest

from runtime.images import PLATFORM, build_context, context


def installed(folder: Path, origin: dict[str, Any] | None) -> Distribution:
    """Return a distribution as pip leaves it after an installation from `origin`."""
    info = folder / "some_plugin-1.2.dist-info"
    info.mkdir(parents=True)
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: some-plugin\nVersion: 1.2\n")
    if origin is not None:
        (info / "direct_url.json").write_text(json.dumps(origin))
    return PathDistribution(info)


def requirement(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, origin: dict[str, Any] | None) -> tuple[str, Path]:
    plugin = installed(tmp_path / "site", origin)
    monkeypatch.setattr(context, "distribution", lambda name: plugin)
    made = build_context("some-plugin", "worker", tmp_path / "images")
    return (made.folder / "plugin.txt").read_text().strip(), made.folder


def test_from_an_index_it_is_the_version(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert requirement(tmp_path, monkeypatch, None)[0] == "some-plugin==1.2"


def test_from_version_control_it_is_the_commit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    vcs = {"vcs": "git", "commit_id": "a" * 40, "requested_revision": "main"}
    asked, _ = requirement(tmp_path, monkeypatch, {"url": "https://example.org/p.git", "vcs_info": vcs})
    assert asked == f"some-plugin @ git+https://example.org/p.git@{'a' * 40}"


def test_from_a_folder_it_is_the_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source = tmp_path / "with space"
    source.mkdir()
    (source / "plugin.py").write_text("x = 1\n")
    asked, folder = requirement(tmp_path, monkeypatch, {"url": source.as_uri(), "dir_info": {"editable": True}})
    assert asked == "/context/plugin"
    assert (folder / "plugin" / "plugin.py").read_text() == "x = 1\n"


def test_the_tag_is_what_is_in_it(tmp_path: Path) -> None:
    first, again = (build_context(PLATFORM, "worker", tmp_path / name) for name in ("a", "b"))
    assert first.tag == again.tag
    assert build_context(PLATFORM, "pacs", tmp_path / "c").tag != first.tag


def test_the_platform_in_the_image_installs_and_has_what_services_run(tmp_path: Path) -> None:
    made = build_context(PLATFORM, "worker", tmp_path)
    wheels = tmp_path / "wheels"
    options = ["--quiet", "--no-deps", "--no-index", "--no-build-isolation", "--wheel-dir", str(wheels)]
    subprocess.run([sys.executable, "-m", "pip", "wheel", *options, str(made.folder / "platform")], check=True)
    (wheel,) = wheels.glob("*.whl")
    code = "import runtime.worker.__main__, runtime.pacs.__main__, sys; print(runtime.worker.__file__)"
    done = subprocess.run(
        [sys.executable, "-c", code],
        env={"PYTHONPATH": str(wheel)},
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert str(wheel) in done.stdout, done.stderr


def test_the_image_is_not_root_and_has_no_compiler() -> None:
    text = Path(context.__file__).with_name("Dockerfile").read_text()
    stages = [line for line in text.splitlines() if line.startswith("FROM")]
    assert len(stages) == 2
    assert "slim" in stages[1]
    assert text.splitlines()[-1] == "USER 10001:10001"
