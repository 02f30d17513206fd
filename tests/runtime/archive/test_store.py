"""Reading the existing bucket, on the embedded cloud's S3."""

from pathlib import Path
from typing import Any

import boto3
import pytest
from botocore.config import Config

from runtime.archive import Archive
from runtime.contracts.models import InputReference
from runtime.errors import PermanentError, TransientError
from runtime.local.emulator.emulator import Emulator, free_port

pytestmark = pytest.mark.xdist_group("archive")  # one long series, in one process

BUCKET = "pacs-of-the-archive-tests"
PATTERN = "archive/s-{study_id}/{series_id}.series/{image_id}.dcm"
SLICES = 1100  # more than one page of a listing


@pytest.fixture(scope="module")
def s3(cloud: Emulator) -> Any:
    client = cloud.boto3_client("s3")
    client.create_bucket(Bucket=BUCKET, CreateBucketConfiguration={"LocationConstraint": client.meta.region_name})
    for number in range(SLICES):
        client.put_object(Bucket=BUCKET, Key=f"archive/s-1.2/long.series/{number:04d}.dcm", Body=b"%d" % number)
    for key in (
        "archive/s-1.2/short.series/1.dcm",
        "archive/s-1.2/short.series/1.txt",
        "archive/s-1.2/short.series/deeper/1.dcm",
        "archive/s-1.23/one.series/1.dcm",
        "archive/s-notes/one.series/notes.txt",
        "archive/other/one.series/1.dcm",
        "README",
    ):
        client.put_object(Bucket=BUCKET, Key=key, Body=key.encode())
    return client


@pytest.fixture
def archive(s3: Any) -> Archive:
    return Archive(s3, BUCKET, PATTERN)


def ref(scope: str, study: str = "1.2", series: str | None = None, image: str | None = None) -> InputReference:
    return InputReference.model_validate({"study_id": study, "series_id": series, "image_id": image, "scope": scope})


def test_a_series_longer_than_a_page_is_fetched_whole(archive: Archive, tmp_path: Path) -> None:
    paths = archive.fetch(ref("series", series="long"), tmp_path)
    assert [path.read_bytes() for path in paths] == [b"%d" % number for number in range(SLICES)]


def test_keys_of_each_scope(archive: Archive) -> None:
    assert archive.keys(ref("image", series="short", image="1")) == ["archive/s-1.2/short.series/1.dcm"]
    assert archive.keys(ref("series", series="short")) == ["archive/s-1.2/short.series/1.dcm"]
    study = archive.keys(ref("study"))
    assert len(study) == SLICES + 1 and "archive/s-1.2/short.series/1.dcm" in study
    assert not any("1.23" in key for key in study), "a study whose identifier only begins alike is another study"


def test_an_image_of_a_series_is_fetched_alone(archive: Archive, tmp_path: Path) -> None:
    (path,) = archive.fetch(ref("image", series="long", image="0007"), tmp_path)
    assert path.read_bytes() == b"7" and path.parent == tmp_path


def test_etags_are_kept(archive: Archive, s3: Any) -> None:
    (one,) = archive.objects(ref("image", series="short", image="1"))
    assert f'"{one.etag}"' == s3.head_object(Bucket=BUCKET, Key=one.key)["ETag"]
    assert archive.objects(ref("series", series="short")) == [one]


@pytest.mark.parametrize(
    ("reference", "said"),
    [
        (ref("image", series="short", image="2"), "The PACS has no image 2 in series short of study 1.2."),
        (ref("series", series="none"), "The PACS has no series none in study 1.2."),
        (ref("study", study="1"), "The PACS has no study 1."),
        (ref("study", study="notes"), "The PACS has no study notes."),
    ],
)
def test_what_is_not_there(archive: Archive, tmp_path: Path, reference: InputReference, said: str) -> None:
    for call in (archive.keys, lambda reference: archive.fetch(reference, tmp_path)):
        with pytest.raises(PermanentError) as caught:
            call(reference)
        assert (caught.value.code, caught.value.message) == ("input_not_found", said)
    assert list(tmp_path.iterdir()) == []


def test_a_reference_without_what_its_scope_needs(archive: Archive) -> None:
    for reference in (ref("image", series="short"), ref("series"), ref("image", image="1")):
        with pytest.raises(PermanentError) as caught:
            archive.keys(reference)
        assert caught.value.code == "bad_message"


def test_index_by_levels(archive: Archive) -> None:
    assert [entry.id for entry in archive.index().entries] == ["1.2", "1.23", "notes"]
    assert [entry.id for entry in archive.index("1.2").entries] == ["long", "short"]
    (entry,) = archive.index("1.2", "short").entries
    assert (entry.id, entry.stored and entry.stored.bytes) == ("1", len("archive/s-1.2/short.series/1.dcm"))
    assert archive.index("none").entries == ()


@pytest.mark.parametrize("limit", [1, 2, 400])
def test_pages_add_up(archive: Archive, limit: int) -> None:
    found: list[str] = []
    cursor = None
    while True:
        page = archive.index("1.2", "long" if limit > 2 else None, limit=limit, cursor=cursor)
        assert len(page.entries) <= limit
        found += [entry.id for entry in page.entries]
        cursor = page.cursor
        if cursor is None:
            break
    assert found == ([f"{number:04d}" for number in range(SLICES)] if limit > 2 else ["long", "short"])


def test_first_bytes(archive: Archive) -> None:
    reference = ref("image", series="short", image="1")
    key = archive.keys(reference)[0]
    assert archive.read(reference, key, 7) == b"archive"
    assert archive.read(reference, key) == key.encode()


def test_a_bucket_that_does_not_answer_is_tried_again(tmp_path: Path) -> None:
    dead = boto3.client(
        "s3",
        endpoint_url=f"http://127.0.0.1:{free_port()}",
        region_name="eu-south-1",
        aws_access_key_id="a",
        aws_secret_access_key="b",
        config=Config(retries={"max_attempts": 1}, connect_timeout=1),
    )
    archive = Archive(dead, BUCKET, PATTERN)
    with pytest.raises(TransientError):
        archive.fetch(ref("image", series="short", image="1"), tmp_path)
    with pytest.raises(TransientError):
        archive.keys(ref("series", series="short"))
    with pytest.raises(TransientError):
        archive.index()


def test_a_bucket_that_is_missing_is_no_missing_image(s3: Any) -> None:
    archive = Archive(s3, "no-such-bucket-here", PATTERN)
    for call in (lambda: archive.keys(ref("series", series="short")), archive.index):
        with pytest.raises(TransientError, match="there is no bucket no-such-bucket-here"):
            call()
