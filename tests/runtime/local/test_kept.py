"""The folder that a local system keeps its data in; tests/test_docs.py restarts a system with one."""

import errno
import os
import tempfile
from pathlib import Path
from typing import Any

import pytest

from runtime.local.kept import Kept
from runtime.local.place import PlaceError, Ports


def test_a_folder_belongs_to_one_run_and_holds_nothing_else(tmp_path: Path) -> None:
    first, second = Kept(tmp_path / "kept"), Kept(tmp_path / "kept")
    first.open()
    with pytest.raises(PlaceError, match="another `imaging up --keep` uses"):
        second.open()
    first.close()
    second.open()
    (tmp_path / "mine").touch()
    for _ in range(2):
        with pytest.raises(PlaceError, match="holds other files"):
            Kept(tmp_path).open()
        (tmp_path / ".lock").touch()  # another program's


def test_only_what_holds_data_is_kept_and_queues_move_with_the_port(tmp_path: Path) -> None:
    kept = Kept(tmp_path)
    kept.write(Ports(api=4000), [])
    state = tmp_path / "state"
    state.mkdir()
    (state / "sqs.json").write_text('{"http://127.0.0.1:4000/000000000000/q.fifo": {}}')
    (state / "lambda.json").write_text("{}")
    kept.prepare(5000)
    assert [file.name for file in state.iterdir()] == ["sqs.json"]
    assert "http://127.0.0.1:5000/000000000000/q.fifo" in (state / "sqs.json").read_text()


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(PlaceError, match=r"nothing can be kept in .*file/kept: Not a directory"):
        Kept(tmp_path / "file" / "kept").open()
    (tmp_path / "around").symlink_to("around")
    with pytest.raises(PlaceError, match=r"nothing can be kept in .*around: File exists"):
        Kept(tmp_path / "around").open()


@pytest.mark.parametrize("part", [".", "state", "s3"])
def test_a_folder_that_cannot_be_written_to_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, part: str
) -> None:
    for each in ("state", "s3"):
        (tmp_path / each).mkdir()
    (tmp_path / ".lock").touch()
    kept = Kept(tmp_path)
    kept.write(Ports(), [])
    temporary = tempfile.TemporaryFile

    def denied(*, dir: Path) -> Any:  # the tests' user may write everywhere
        if dir == tmp_path / part:
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(dir))
        return temporary(dir=dir)

    monkeypatch.setattr(tempfile, "TemporaryFile", denied)
    with pytest.raises(PlaceError, match=r"nothing can be kept in .*: Permission denied"):
        kept.open()


@pytest.mark.parametrize(
    ("file", "content"),
    [
        *(
            ("system.json", content)
            for content in (
                "",
                '{"ports": [1',
                "[]",
                '{"ports": {"x": 1}}',
                '{"resources": 3}',
                '{"resources": [{}]}',
                '{"ports": [70000]}',
                "\udcff",
            )
        ),
        ("state/sqs.json", '{"queues": {'),
    ],
)
def test_what_is_damaged_is_named_instead_of_left_out(tmp_path: Path, file: str, content: str) -> None:
    kept = Kept(tmp_path)
    kept.write(Ports(4000), [])
    (tmp_path / "state").mkdir()
    (tmp_path / file).write_text(content, errors="surrogateescape")
    with pytest.raises(PlaceError, match=rf"{file} is missing, damaged"):
        kept.prepare(4000)


def test_what_a_run_left_that_was_never_deployed_is_removed(tmp_path: Path) -> None:
    for part in ("state", "s3"):
        (tmp_path / part).mkdir()
    (tmp_path / "state" / "dynamodb.json").write_text('{"tables": ')
    Kept(tmp_path).prepare(4000)
    assert list(tmp_path.iterdir()) == []


def test_images_without_their_record_are_left_alone(tmp_path: Path) -> None:
    image = tmp_path / "s3" / "000000000000" / "pacs" / "1.dcm"
    image.parent.mkdir(parents=True)
    image.touch()
    with pytest.raises(PlaceError, match=r"system\.json is missing"):
        Kept(tmp_path).prepare(4000)
    assert image.exists()


def test_a_disk_that_is_full_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(Path, "write_text", full)
    with pytest.raises(PlaceError, match=rf"nothing can be kept in {tmp_path}: No space left on device"):
        Kept(tmp_path).write(Ports(), [])
