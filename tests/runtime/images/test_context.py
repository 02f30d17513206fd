"""The folder that an image is built from."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from runtime.images import PLATFORM, build_context
from runtime.local.project import ROOT


def installed(folder: Path, monkeypatch: pytest.MonkeyPatch, origin: dict[str, object] | None) -> None:
    """Install a distribution called a-plugin 1.2, from `origin` as PEP 610 has it."""
    about = folder / "a_plugin-1.2.dist-info"
    about.mkdir(parents=True)
    (about / "METADATA").write_text("Metadata-Version: 2.1\nName: a-plugin\nVersion: 1.2\n")
    if origin is not None:
        (about / "direct_url.json").write_text(json.dumps(origin))
    monkeypatch.syspath_prepend(str(folder))


def requirements(folder: Path) -> list[str]:
    """Return what the image installs."""
    return [line for name in ("platform.txt", "plugin.txt") for line in (folder / name).read_text().splitlines()]


def test_the_platform_alone_with_its_extra(tmp_path: Path) -> None:
    context = build_context(PLATFORM, "pacs", tmp_path)
    assert requirements(context.folder) == ["/context/platform[pacs]"]
    assert (context.folder / "platform/runtime/worker/__main__.py").exists()
    assert (context.folder / "Dockerfile").read_text().count("FROM ") == 2
    assert not list(context.folder.rglob("__pycache__"))
    assert not list(context.folder.rglob("tests"))


def test_the_tag_stands_for_the_content(tmp_path: Path) -> None:
    one = build_context(PLATFORM, "worker", tmp_path / "one")
    two = build_context(PLATFORM, "worker", tmp_path / "two")
    assert one.tag == two.tag
    assert one.tag != build_context(PLATFORM, "pacs", tmp_path / "three").tag


def test_what_an_earlier_build_left_is_gone(tmp_path: Path) -> None:
    first = build_context(PLATFORM, "worker", tmp_path)
    (first.folder / "stray").write_text("x")
    assert build_context(PLATFORM, "worker", tmp_path).tag == first.tag


def test_a_plugin_from_the_index_is_pinned_to_its_version(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    installed(tmp_path / "site", monkeypatch, None)
    context = build_context("a-plugin", "worker", tmp_path)
    assert requirements(context.folder) == ["/context/platform[worker]", "a-plugin==1.2"]


def test_a_plugin_from_a_folder_comes_with_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source = tmp_path / "a source"
    source.mkdir()
    (source / "pyproject.toml").write_text("[project]")
    installed(tmp_path / "site", monkeypatch, {"url": source.as_uri(), "dir_info": {"editable": True}})
    context = build_context("a-plugin", "worker", tmp_path)
    assert requirements(context.folder)[1] == "/context/plugin"
    assert (context.folder / "plugin/pyproject.toml").read_text() == "[project]"
    (source / "pyproject.toml").write_text("[project]\nname='other'")
    assert build_context("a-plugin", "worker", tmp_path).tag != context.tag


def test_a_plugin_from_version_control_is_pinned_to_its_commit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    origin = {"url": "https://example.org/a.git", "vcs_info": {"vcs": "git", "commit_id": "abc"}}
    installed(tmp_path / "site", monkeypatch, origin)
    context = build_context("a-plugin", "worker", tmp_path)
    assert requirements(context.folder)[1] == "a-plugin @ git+https://example.org/a.git@abc"


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
    context = build_context("a-plugin", "worker", tmp_path)
    assert requirements(context.folder)[1] == f"a-plugin @ {wanted}"


def test_a_plugin_from_a_wheel_comes_with_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    wheel = tmp_path / "a_plugin-1.2-py3-none-any.whl"
    wheel.write_bytes(b"wheel")
    installed(tmp_path / "site", monkeypatch, {"url": wheel.as_uri(), "archive_info": {}})
    context = build_context("a-plugin", "worker", tmp_path)
    assert requirements(context.folder)[1] == f"/context/{wheel.name}"
    assert (context.folder / wheel.name).read_bytes() == b"wheel"


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
    text = (ROOT / "runtime/images/Dockerfile").read_text()
    stages = [line for line in text.splitlines() if line.startswith("FROM")]
    assert len(stages) == 2
    assert "slim" in stages[1]
    assert text.splitlines()[-1] == "USER 10001:10001"
