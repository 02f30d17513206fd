"""What was asked for last is neither fetched nor decoded again."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from runtime.archive import Archive, Stored
from runtime.contracts.keys import PACS_KEY_PATTERN
from runtime.contracts.models import InputReference
from runtime.errors import TransientError
from runtime.pacs.decoding import preview
from runtime.pacs.decoding.files import BEGINNING_BYTES, FILE_BYTES_MOST, Files
from tests.fuzz.bucket import Bucket
from tests.runtime.dicom.files import FILES, Write

REF = InputReference(study_id="s", series_id="e", image_id="i")


class Counted(Bucket):
    """A bucket that counts what is fetched from it."""

    fetched = 0
    bytes = 0

    def get_object(self, **asked: Any) -> dict[str, Any]:  # pyright: ignore[reportIncompatibleMethodOverride]
        """Return an object, and count."""
        self.fetched += 1
        answer = super().get_object(**asked)
        self.bytes += answer["ContentLength"]
        return answer


def test_a_version_is_fetched_once_and_another_one_anew(tmp_path: Path) -> None:
    bucket = Counted()
    archive = Archive(bucket, "b", PACS_KEY_PATTERN)
    files = Files(archive)
    for content, fetched in ((b"one", 1), (b"one", 1), (b"two", 2), (bytes(FILE_BYTES_MOST + 1), 3), (b"two", 3)):
        bucket.objects["s/e/i.dcm"] = content
        (stored,) = archive.objects(REF)
        assert files.fetch(REF, stored, tmp_path).read_bytes() == content
        assert bucket.fetched == fetched


def test_what_was_replaced_meanwhile_is_not_taken_for_what_it_was(tmp_path: Path) -> None:
    bucket = Counted()
    archive = Archive(bucket, "b", PACS_KEY_PATTERN)
    bucket.objects["s/e/i.dcm"] = b"one"
    (stored,) = archive.objects(REF)
    bucket.objects["s/e/i.dcm"] = b"two"
    told: list[InputReference] = []
    with pytest.raises(TransientError, match="replaced"):
        Files(archive, told.append).fetch(REF, stored, tmp_path)
    assert told == [REF]


class WithoutEtags(Bucket):
    """A bucket whose objects come without their entity tags."""

    def get_object(self, **asked: Any) -> dict[str, Any]:  # pyright: ignore[reportIncompatibleMethodOverride]
        """Return an object."""
        return {name: value for name, value in super().get_object(**asked).items() if name != "ETag"}


def test_an_object_that_comes_without_its_tag_is_taken(tmp_path: Path) -> None:
    bucket = WithoutEtags()
    archive = Archive(bucket, "b", PACS_KEY_PATTERN)
    bucket.objects["s/e/i.dcm"] = b"one"
    (stored,) = archive.objects(REF)
    assert Files(archive).fetch(REF, stored, tmp_path).read_bytes() == b"one"


@pytest.mark.parametrize("size", [1, BEGINNING_BYTES, BEGINNING_BYTES + 1, FILE_BYTES_MOST + 1])
def test_no_byte_of_an_image_that_is_found_by_its_content_is_fetched_twice(tmp_path: Path, size: int) -> None:
    bucket = Counted()
    files = Files(Archive(bucket, "b", PACS_KEY_PATTERN))
    content = bucket.objects["s/e/i.dcm"] = bytes(number % 251 for number in range(size))
    (stored,) = files.find(REF)
    assert stored.bytes == size
    assert files.fetch(REF, stored, tmp_path).read_bytes() == content
    assert (bucket.fetched, bucket.bytes) == (1 if size <= BEGINNING_BYTES else 2, size)


def test_an_empty_image_is_found_too(tmp_path: Path) -> None:
    bucket = Counted()
    files = Files(Archive(bucket, "b", PACS_KEY_PATTERN))
    bucket.objects["s/e/i.dcm"] = b""
    (stored,) = files.find(REF)
    assert files.fetch(REF, stored, tmp_path).read_bytes() == b""


@pytest.mark.parametrize("size", [1, BEGINNING_BYTES + 1, FILE_BYTES_MOST])
def test_the_rest_of_another_image_does_not_complete_a_beginning(tmp_path: Path, size: int) -> None:
    bucket = Counted()
    told: list[InputReference] = []
    files = Files(Archive(bucket, "b", PACS_KEY_PATTERN), told.append)
    bucket.objects["s/e/i.dcm"] = bytes(FILE_BYTES_MOST)
    (stored,) = files.find(REF)
    bucket.objects["s/e/i.dcm"] = b"x" * size
    with pytest.raises(TransientError, match="replaced"):
        files.fetch(REF, stored, tmp_path)
    assert told == [REF]


def test_an_image_that_comes_without_its_tag_is_found_by_asking_for_it(tmp_path: Path) -> None:
    bucket = WithoutEtags()
    bucket.objects["s/e/i.dcm"] = b"one"
    (stored,) = Files(Archive(bucket, "b", PACS_KEY_PATTERN)).find(REF)
    assert stored.etag


def test_what_does_not_fit_gives_way(tmp_path: Path) -> None:
    bucket = Counted()
    archive = Archive(bucket, "b", PACS_KEY_PATTERN)
    files = Files(archive, limit=10)
    stored: list[Stored] = []
    for image in ("a", "b"):
        bucket.objects[f"s/e/{image}.dcm"] = image.encode() * 6
        ref = InputReference(study_id="s", series_id="e", image_id=image)
        stored += archive.objects(ref)
    for each in (*stored, stored[0]):
        files.fetch(REF, each, tmp_path)
    assert bucket.fetched == 3


def test_another_window_of_a_version_is_not_decoded_again(tmp_path: Path, write: Write) -> None:
    path = write(np.arange(64, dtype=np.uint16).reshape(8, 8), WindowCenter=None, WindowWidth=None)
    first = preview.image(path, None, (32.0, 64.0), None, "a version")
    path.unlink()
    assert preview.image(path, 1, (32.0, 64.0), None, "a version") == first
    other = preview.image(FILES / "MR_small.dcm", None, (32.0, 64.0), None, "another")
    assert other != first and preview.image(path, None, (10.0, 5.0), None, "a version") != first
