"""A mixed folder goes into a bucket: what is taken, found there, refused, and by which key it is stored."""

import errno
import json
import os
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from botocore.exceptions import ClientError

from clients.cli.intake.counts import Counts
from clients.cli.intake.folder import files, take
from runtime.archive.intake.bucket import Bucket
from runtime.local.emulator.emulator import Emulator
from tests.clients.cli.intake import mixed

PATTERN = "archive/{study_id}/{series_id}/{image_id}"
IMAGES = 60


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A mixed folder."""
    folder = tmp_path_factory.mktemp("mixed")
    mixed.write(folder, IMAGES)
    return folder


@pytest.fixture
def s3(cloud: Emulator) -> Any:
    """S3 of the embedded cloud."""
    return cloud.boto3_client("s3")


@pytest.fixture
def bucket(s3: Any) -> Bucket:
    """An empty bucket of the test's own."""
    name = f"pacs-{uuid4().hex}"
    s3.create_bucket(Bucket=name, CreateBucketConfiguration={"LocationConstraint": "eu-south-1"})
    return Bucket(s3, name, PATTERN)


def test_every_file_of_a_mixed_folder_is_counted_once(folder: Path, bucket: Bucket, s3: Any) -> None:
    counts = take([folder], bucket)
    # The first image, its copy and the image with its identifiers come in any order: two agree, or one alone is first.
    assert len(counts.taken) == IMAGES
    refused = {reason: len(paths) for reason, paths in counts.refused.items()}
    same = refused.pop("another file has the same identifiers")
    assert (len(counts.there), same) in {(1, 1), (0, 2)}
    assert refused == {reason: n for reason, n in mixed.REFUSED.items() if not reason.startswith("another file")}
    listed = s3.list_objects_v2(Bucket=bucket.name)["Contents"]
    assert len(listed) == IMAGES
    assert f"archive/{mixed.uid(0)}/{mixed.uid(0, 1)}/{mixed.uid(0, 1, 21)}" in {each["Key"] for each in listed}


def test_what_is_there_already_is_not_sent_again(folder: Path, bucket: Bucket) -> None:
    series = folder / "DICOM"
    first = take([series], bucket)
    second = take([series, series], bucket)
    assert sorted(first.taken) == sorted(second.there)
    assert second.taken == [] and not second.refused


def test_an_image_in_the_bucket_is_never_replaced(tmp_path: Path, bucket: Bucket, s3: Any) -> None:
    before, after = tmp_path / "before", tmp_path / "after"
    before.write_bytes(mixed.content(mixed.image(1, 1, 1)))
    after.write_bytes(mixed.content(mixed.image(1, 1, 1, InstanceNumber=2)))
    take([before], bucket)
    counts = take([after], bucket)
    assert dict(counts.refused) == {"another file has the same identifiers": [after]}
    [stored] = s3.list_objects_v2(Bucket=bucket.name)["Contents"]
    assert s3.get_object(Bucket=bucket.name, Key=stored["Key"])["Body"].read() == before.read_bytes()


def test_a_bucket_that_refuses_stops_everything(folder: Path, s3: Any) -> None:
    with pytest.raises(ClientError, match="NoSuchBucket"):
        take([folder], Bucket(s3, f"none-{uuid4().hex}", PATTERN))


def test_identifiers_that_make_no_key_are_refused(tmp_path: Path, bucket: Bucket) -> None:
    path = tmp_path / "odd"
    path.write_bytes(mixed.content(mixed.image(1, 1, 1, StudyInstanceUID="1.2..")))
    assert list(take([path], bucket).refused) == ["identifiers that make no key of the bucket"]


def test_a_file_that_is_named_twice_or_linked_is_found_once(tmp_path: Path) -> None:
    file = tmp_path / "folder" / "one"
    file.parent.mkdir()
    file.touch()
    (tmp_path / "folder" / "two").symlink_to(file)
    assert len(list(files([file, file.parent, file]))) == 1


def test_the_text_says_what_came_of_the_files(folder: Path, bucket: Bucket) -> None:
    counts = take([folder / "DICOM", folder / "notes.txt", folder / "empty.dcm"], bucket)
    lines = counts.text().splitlines()
    assert lines[0] == "20 images taken (3 series of 1 study)"
    assert lines[1] == "2 files refused:"
    assert [line.split(maxsplit=1)[1] for line in sorted(lines[2:])] == [
        "empty: empty.dcm",
        "not a DICOM file: notes.txt",
    ]


def test_what_is_no_file_is_counted_instead_of_left_out(
    tmp_path: Path, bucket: Bucket, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, closed = tmp_path / "folder", tmp_path / "folder" / "closed"
    closed.mkdir(parents=True)
    os.mkfifo(folder / "pipe")
    (folder / "nowhere").symlink_to(tmp_path / "absent")
    (folder / "around").symlink_to(tmp_path)
    scandir = os.scandir

    def denied(path: Any) -> Any:  # the tests' user may read everything
        if Path(path) == closed:
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))
        return scandir(path)

    monkeypatch.setattr(os, "scandir", denied)
    assert take([folder], bucket).refused == {
        "cannot be read (Permission denied)": [closed],
        "cannot be read (not a regular file)": [folder / "pipe"],
        "cannot be read (No such file or directory)": [folder / "nowhere"],
        "cannot be read (a link to a folder: give the folder itself)": [folder / "around"],
    }


def test_links_that_lead_to_themselves_are_refused_as_any_other(tmp_path: Path, bucket: Bucket) -> None:
    for name, target in (("itself", "itself"), ("one", "two"), ("two", "one")):
        (tmp_path / name).symlink_to(target)
    refused = {
        "cannot be read (Too many levels of symbolic links)": [tmp_path / each for each in ("itself", "one", "two")]
    }
    assert take([tmp_path], bucket).refused == refused
    assert take([tmp_path / "itself"], bucket).images == []


def test_names_are_printed_without_what_no_text_has_and_what_a_terminal_would_obey() -> None:
    counts = Counts()
    counts.refused["empty"] += [
        Path(os.fsdecode(name)) for name in (b"bad\xff", b"new\nline", b"red\x1b[31m", "ü ß".encode())
    ]
    assert counts.text().encode().decode().splitlines()[1:] == [
        "4 files refused:",
        r"       4  empty: bad\udcff, new\nline, red\x1b[31m, ...",
    ]
    assert json.loads(json.dumps(counts.report()))["refused"]["empty"][-1] == "ü ß"
