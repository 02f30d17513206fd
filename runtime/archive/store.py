"""Reading the existing bucket: what a reference stands for, its files, and the index."""

import shutil
from collections.abc import Callable, Generator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError, HTTPClientError
from urllib3.exceptions import HTTPError

from runtime.archive.entries import Page, Stored, etag_of, stored_object
from runtime.archive.listing import listed
from runtime.archive.pattern import KeyPattern
from runtime.archive.references import absent, identifiers
from runtime.archive.refusals import refusal
from runtime.contracts import aws_codes
from runtime.contracts.models import InputReference
from runtime.errors import PermanentError, TransientError

CHUNK_BYTES = 1 << 20  # of an object in memory at a time: images of gigabytes exist
PARALLEL = 16  # downloads: a series is hundreds of small objects, so the time is round trips


class Archive:
    """The bucket, read through its key pattern. Threads may share it, as they may share `s3`."""

    def __init__(self, s3: Any, bucket: str, pattern: str) -> None:
        self._s3 = s3
        self.bucket = bucket
        self.pattern = KeyPattern(pattern)

    def keys(self, ref: InputReference) -> list[str]:
        """Return the keys that a reference stands for, sorted. Raises as `fetch` does."""
        return [stored.key for stored in self.objects(ref)]

    def objects(self, ref: InputReference) -> list[Stored]:
        """Return the objects that a reference stands for, sorted by key. Raises as `fetch` does."""
        study_id, series_id, image_id = identifiers(ref)
        with self._reported(ref):
            if image_id is not None and series_id is not None:
                key = self.pattern.key(study_id, series_id, image_id)
                head = self._head(key)
                return [Stored(key, head["ETag"].strip('"'), head["ContentLength"])]
            pages = self._s3.get_paginator("list_objects_v2").paginate(
                Bucket=self.bucket, Prefix=self.pattern.prefix(study_id, series_id)
            )
            objects = [stored_object(item) for page in pages for item in page.get("Contents", ())]
        images = [stored for stored in objects if self.pattern.parse(stored.key) is not None]
        if not images:
            raise PermanentError("input_not_found", absent(ref))
        return sorted(images, key=lambda stored: stored.key)

    def _head(self, key: str) -> Any:
        try:
            return self._s3.head_object(Bucket=self.bucket, Key=key)
        except ClientError as error:
            if aws_codes.status(error.response) != 403:
                raise
            # HEAD has no body to say why; GET, which is refused for the same reason, does.
            answer = self._s3.get_object(Bucket=self.bucket, Key=key)
            answer["Body"].close()
            return answer

    def fetch(self, ref: InputReference, directory: Path, admit: Callable[[int], None] = lambda _: None) -> list[Path]:
        """Download a reference's objects into `directory`, in parallel; return their paths in the order of the keys.

        `admit` is called with the bytes before they are read, and may raise. Raises PermanentError (`input_not_found`,
        or `input_forbidden` if the bucket refuses), or TransientError if the bucket does not answer.
        """
        if ref.scope == "image":
            study_id, series_id, image_id = identifiers(ref)
            return self.download(ref, [self.pattern.key(study_id, series_id or "", image_id or "")], directory, admit)
        stored = self.objects(ref)
        admit(sum(each.bytes for each in stored))
        return self.download(ref, [each.key for each in stored], directory)

    def download(
        self,
        ref: InputReference,
        keys: Sequence[str],
        directory: Path,
        admit: Callable[[int], None] = lambda _: None,
        *,
        etag: str = "",
    ) -> list[Path]:
        """Download some of a reference's objects into `directory`, in parallel. Raises as `fetch` does.

        With an `etag`, which all must have, TransientError is raised as well for an object that has been replaced.
        """
        paths = [directory / f"{index:06d}.dcm" for index in range(len(keys))]

        def download(key: str, path: Path) -> None:
            with self._reported(ref):
                answer = self._s3.get_object(Bucket=self.bucket, Key=key)
                if etag and etag_of(answer) not in ("", etag):
                    raise TransientError("the image has just been replaced")
                admit(int(answer.get("ContentLength", 0)))
                with path.open("wb") as file:
                    shutil.copyfileobj(answer["Body"], file, CHUNK_BYTES)

        if len(keys) == 1:
            download(keys[0], paths[0])
            return paths
        with ThreadPoolExecutor(min(PARALLEL, len(keys)), "fetch") as pool:
            list(pool.map(download, keys, paths))
        return paths

    def read(self, ref: InputReference, key: str, first_bytes: int | None = None) -> bytes:
        """Return an object's content, or only its beginning. Raises as `fetch` does."""
        limit = {"Range": f"bytes=0-{first_bytes - 1}"} if first_bytes else {}
        with self._reported(ref):
            return bytes(self._s3.get_object(Bucket=self.bucket, Key=key, **limit)["Body"].read())

    def beginning(self, ref: InputReference, most_bytes: int) -> tuple[Stored, bytes]:
        """Return the object of an image with its content, or only its beginning, in one call. Raises as `fetch` does.

        The content is empty if `objects` had to be asked instead.
        """
        study_id, series_id, image_id = identifiers(ref)
        key = self.pattern.key(study_id, series_id or "", image_id or "")
        with self._reported(ref):
            try:
                answer = self._s3.get_object(Bucket=self.bucket, Key=key, Range=f"bytes=0-{most_bytes - 1}")
            except ClientError as error:
                if aws_codes.status(error.response) != 416:  # an empty object has no range of bytes
                    raise
                return self.objects(ref)[0], b""
            content = bytes(answer["Body"].read())
        whole = int(answer["ContentRange"].rpartition("/")[2]) if "ContentRange" in answer else len(content)
        stored = Stored(key, etag_of(answer), whole)
        return (stored, content) if stored.etag else (self.objects(ref)[0], b"")

    def complete(self, ref: InputReference, stored: Stored, beginning: bytes, path: Path) -> None:
        """Write an object to `path`, of which only what comes after its `beginning` is downloaded.

        Raises as `fetch` does, and TransientError if the object has been replaced.
        """
        replaced = TransientError("the image has just been replaced")
        with self._reported(ref):
            try:
                answer = self._s3.get_object(Bucket=self.bucket, Key=stored.key, Range=f"bytes={len(beginning)}-")
            except ClientError as error:
                if aws_codes.status(error.response) == 416:  # by a shorter one
                    raise replaced from error
                raise
            if etag_of(answer) != stored.etag:
                raise replaced
            with path.open("wb") as file:
                file.write(beginning)
                shutil.copyfileobj(answer["Body"], file, CHUNK_BYTES)

    def open(self, ref: InputReference, key: str, part: tuple[int, int] | None = None) -> Any:
        """Return an object, or the bytes from the first to the last of `part`, to read piece by piece and to close.

        Raises as `fetch` does.
        """
        limit = {"Range": f"bytes={part[0]}-{part[1]}"} if part else {}
        with self._reported(ref):
            return self._s3.get_object(Bucket=self.bucket, Key=key, **limit)["Body"]

    def index(
        self, study_id: str | None = None, series_id: str | None = None, *, limit: int = 100, cursor: str | None = None
    ) -> Page:
        """List one page of the studies, of a study's series, or of a series' images.

        A page may hold fewer than `limit` entries if the bucket holds other objects besides the images.
        Raises ValueError for an invalid cursor, PermanentError (`input_forbidden`) if the bucket refuses,
        TransientError if it does not answer.
        """
        return listed(self._s3, self.bucket, self.pattern, study_id, series_id, limit=limit, cursor=cursor)

    @contextmanager
    def _reported(self, ref: InputReference) -> Generator[None]:
        try:
            yield
        except ClientError as error:
            raise refusal(error, self.bucket, absent(ref)) from error
        except (BotoCoreError, HTTPClientError, HTTPError) as error:  # botocore lets some of urllib3's through
            raise TransientError("the bucket of images does not answer") from error
