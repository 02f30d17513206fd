"""Stores an image in a PACS bucket without ever replacing what is there."""

import hashlib
from pathlib import Path
from typing import Any, Final

from botocore.exceptions import ClientError

from runtime.archive.intake.header import Image
from runtime.archive.intake.refused import RefusedFileError
from runtime.archive.pattern import KeyPattern

PART: Final = 1 << 20  # bytes compared at a time
# S3's answers to a conditional write if the key is taken, or is being written by another call.
TAKEN: Final = ("PreconditionFailed", "ConditionalRequestConflict")


class Bucket:
    """A PACS bucket, written to through its key pattern. Threads may share it, as they may share `s3`."""

    def __init__(self, s3: Any, name: str, pattern: str) -> None:
        self._s3 = s3
        self.name = name
        self._pattern = KeyPattern(pattern)

    def put(self, image: Image) -> bool:
        """Store the image; return False if the bucket has it already.

        Raises RefusedFileError if the identifiers make no key, or if another file is stored under them.
        """
        try:
            key = self._pattern.key(*image.address)
        except ValueError as error:
            raise RefusedFileError("no_key") from error
        try:
            with image.path.open("rb") as file:
                self._s3.put_object(
                    Bucket=self.name, Key=key, Body=file, ContentType="application/dicom", IfNoneMatch="*"
                )
        except ClientError as error:
            if error.response.get("Error", {}).get("Code") not in TAKEN:
                raise
            if not self._has(key, image):
                raise RefusedFileError("other_content") from error
            return False
        return True

    def _has(self, key: str, image: Image) -> bool:
        head = self._s3.head_object(Bucket=self.name, Key=key)
        if head["ContentLength"] != image.bytes:
            return False
        if head["ETag"].strip('"') == _md5(image.path):
            return True
        # With a KMS key, the entity tag is no MD5 of the content.
        body = self._s3.get_object(Bucket=self.name, Key=key)["Body"]
        with image.path.open("rb") as file:
            return all(part == file.read(len(part)) for part in body.iter_chunks(PART))


def _md5(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, lambda: hashlib.md5(usedforsecurity=False)).hexdigest()
