"""The hash of a build context: of what is in it now, however it came there."""

import os
from pathlib import Path

from runtime.local.resources.containers.docker_build import content


def context(folder: Path, text: str) -> Path:
    folder.mkdir()
    (folder / "a").write_text(text)
    return folder


def test_links_and_copies_of_a_file_have_the_same_hash(tmp_path: Path) -> None:
    first, copy = context(tmp_path / "first", "one"), context(tmp_path / "copy", "one")
    linked = tmp_path / "linked"
    linked.mkdir()
    os.link(first / "a", linked / "a")
    assert content(first) == content(copy) == content(linked)


def test_a_file_that_is_changed_has_another_hash_though_size_and_date_are_the_same(tmp_path: Path) -> None:
    folder = context(tmp_path / "folder", "one")
    os.utime(folder / "a", (1, 1))
    before = content(folder)
    (folder / "a").write_text("two")
    os.utime(folder / "a", (1, 1))
    assert content(folder) != before
