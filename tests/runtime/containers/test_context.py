"""The build context of a container image."""

import os
import shutil
import tarfile
from dataclasses import replace
from pathlib import Path

import pytest

from runtime.containers import PLATFORM, build_context, context, lock, tree
from tests.runtime.containers.distributions import installed

SERVICES = [(PLATFORM, "worker"), (PLATFORM, "pacs"), ("a-plugin", "worker")]


def locked(folder: Path, layer: str) -> set[str]:
    """Return the names of the locked packages of a layer."""
    return {pin.name for pin in lock.read(folder / f"{layer}.lock")}


def test_the_platform_alone_with_its_extra(tmp_path: Path) -> None:
    target = build_context(PLATFORM, "pacs", tmp_path)
    assert {"starlette", "uvicorn"} <= locked(target.folder, "service")
    with tarfile.open(target.folder / "platform.tar") as sources:
        names = sources.getnames()
    assert "runtime/worker/__main__.py" in names
    assert not [each for each in names if "__pycache__" in each or "tests" in each]
    assert not (target.folder / "plugin.txt").exists()
    assert "plugin" not in (target.folder / "Dockerfile").read_text().split("AS base")[1]


def test_what_every_image_has_is_small_and_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    installed(tmp_path / "site", monkeypatch, None)
    contexts = [build_context(name, extra, tmp_path) for name, extra in SERVICES]
    common = {(each.folder / "platform.lock").read_text() for each in contexts}
    assert len(common) == 1
    shared = locked(contexts[0].folder, "platform")
    assert {"numpy", "pydicom", "boto3"} <= shared
    assert not shared & {"simpleitk", "scikit-image", "scipy", "opencv-python-headless", "pillow"}


def test_the_algorithms_that_come_with_the_package_bring_what_they_import(tmp_path: Path) -> None:
    service = locked(build_context(PLATFORM, "worker", tmp_path).folder, "service")
    assert {"simpleitk", "scikit-image", "scipy", "opencv-python-headless"} <= service


def test_a_plugin_brings_what_it_depends_on_from_the_lock(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    needs = ("imaging-services", "Scikit.Image>=0.25", "not-in-the-lock", "pytest ; extra == 'test'")
    installed(tmp_path / "site", monkeypatch, None, *needs)
    target = build_context("a-plugin", "worker", tmp_path)
    service = locked(target.folder, "service")
    assert {"scikit-image", "scipy", "pillow"} <= service
    assert not service & {"simpleitk", "pytest", "numpy", "not-in-the-lock"}
    assert "--hash=sha256:" in (target.folder / "service.lock").read_text()
    constraints = (target.folder / "constraints.txt").read_text()
    assert "simpleitk==" in constraints and "--hash" not in constraints, "pip refuses a plugin without hashes otherwise"


def test_the_tag_stands_for_the_content(tmp_path: Path) -> None:
    one = build_context(PLATFORM, "worker", tmp_path / "one")
    two = build_context(PLATFORM, "worker", tmp_path / "two")
    assert one.tag == two.tag
    assert one.tag != build_context(PLATFORM, "pacs", tmp_path / "three").tag


def test_the_tag_is_of_whose_image_it_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    installed(tmp_path / "site", monkeypatch, None)
    tags = {build_context(name, extra, tmp_path).tag for name, extra in SERVICES}
    assert len(tags) == len(SERVICES)


@pytest.mark.parametrize("name", ["Dockerfile", "layer.sh", "plugin.Dockerfile"])
def test_the_tag_covers_how_it_is_built(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    installed(tmp_path / "site", monkeypatch, None)
    before = build_context("a-plugin", "worker", tmp_path).tag
    recipe = tmp_path / "recipe"
    shutil.copytree(context.HERE, recipe)
    (recipe / name).write_text((recipe / name).read_text() + "# another base\n")
    monkeypatch.setattr(context, "HERE", recipe)
    assert build_context("a-plugin", "worker", tmp_path).tag != before


def test_the_tag_covers_the_lock(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = build_context(PLATFORM, "worker", tmp_path).tag
    pins = [replace(pin, text=pin.text.replace("numpy==2", "numpy==1")) for pin in lock.read()]
    monkeypatch.setattr(lock, "read", lambda: pins)
    assert build_context(PLATFORM, "worker", tmp_path).tag != before


def test_another_umask_gives_the_same_files_and_the_same_tag(tmp_path: Path) -> None:
    one = build_context(PLATFORM, "worker", tmp_path / "one")
    before = os.umask(0o077)
    try:
        two = build_context(PLATFORM, "worker", tmp_path / "two")
    finally:
        os.umask(before)
    modes = [{path.stat().st_mode for path in each.folder.rglob("*")} for each in (one, two)]
    assert modes[0] == modes[1]
    assert one.tag == two.tag


def test_a_program_within_a_plugin_stays_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source = tmp_path / "source"
    source.mkdir()
    (source / "run.sh").write_text("#!/bin/sh")
    installed(tmp_path / "site", monkeypatch, {"url": source.as_uri(), "dir_info": {}})
    before = build_context("a-plugin", "worker", tmp_path).tag
    (source / "run.sh").chmod(0o700)
    target = build_context("a-plugin", "worker", tmp_path)
    assert target.tag != before
    assert (target.folder / "plugin/run.sh").stat().st_mode & 0o777 == 0o755


def test_what_an_earlier_build_left_is_gone(tmp_path: Path) -> None:
    first = build_context(PLATFORM, "worker", tmp_path)
    (first.folder / "stray").write_text("x")
    assert build_context(PLATFORM, "worker", tmp_path).tag == first.tag
    assert not (first.folder / "stray").exists()


def test_what_was_changed_in_a_context_is_written_again(tmp_path: Path) -> None:
    first = build_context(PLATFORM, "worker", tmp_path)
    changed = first.folder / "Dockerfile"
    before = changed.read_text()
    changed.write_text("X" + before[1:])
    build_context(PLATFORM, "worker", tmp_path)
    assert changed.read_text() == before


def test_another_content_of_the_same_size_is_written(tmp_path: Path) -> None:
    for content in (b"one", b"two"):
        files = {"file": tree.File(content)}
        tree.write(files, tmp_path / "folder", tree.digest(files))
        assert (tmp_path / "folder/file").read_bytes() == content


def test_an_unchanged_context_is_left_alone(tmp_path: Path) -> None:
    first = build_context(PLATFORM, "worker", tmp_path)
    before = first.folder.stat().st_ino
    assert build_context(PLATFORM, "worker", tmp_path) == first
    assert first.folder.stat().st_ino == before


def test_contexts_share_the_platforms_sources(tmp_path: Path) -> None:
    files = [build_context(PLATFORM, extra, tmp_path).folder / "platform.tar" for extra in ("worker", "pacs")]
    assert files[0].stat().st_ino == files[1].stat().st_ino
