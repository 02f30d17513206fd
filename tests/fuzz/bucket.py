"""A dictionary in place of S3: as many damaged files as there is time for."""

import hashlib
import io
from datetime import UTC, datetime
from typing import IO, Any

from botocore.exceptions import ClientError
from botocore.response import StreamingBody


class Bucket:
    """The calls that the archive makes of S3, over the objects of a dictionary."""

    def __init__(self) -> None:
        self.objects: dict[str, bytes] = {}
        self.refuses = False  # to store anything

    def head_object(self, *, Bucket: str, Key: str) -> dict[str, Any]:  # noqa: N803 - boto3's names
        """Return an object's size and tag."""
        content = self._get(Key)
        return {"ETag": _etag(content), "ContentLength": len(content)}

    def get_object(self, *, Bucket: str, Key: str, Range: str = "") -> dict[str, Any]:  # noqa: N803 - boto3's names
        """Return an object, or a range of its bytes."""
        whole = content = self._get(Key)
        said: dict[str, str] = {}
        if Range:
            first, last = Range.removeprefix("bytes=").split("-")
            content = whole[int(first) : int(last) + 1 if last else None]
            if not content:
                refusal: Any = {"Error": {"Code": "InvalidRange"}, "ResponseMetadata": {"HTTPStatusCode": 416}}
                raise ClientError(refusal, "GetObject")
            said = {"ContentRange": f"bytes {first}-{int(first) + len(content) - 1}/{len(whole)}"}
        return {
            "Body": StreamingBody(io.BytesIO(content), len(content)),
            "ContentLength": len(content),
            "ETag": _etag(whole),
            **said,
        }

    def put_object(self, *, Bucket: str, Key: str, Body: IO[bytes], ContentType: str, IfNoneMatch: str) -> None:  # noqa: N803 - boto3's names
        """Store an object if there is none of that key."""
        assert IfNoneMatch == "*" and ContentType == "application/dicom"
        if self.refuses or Key in self.objects:
            code, status = ("AccessDenied", 403) if self.refuses else ("PreconditionFailed", 412)
            answer: Any = {"Error": {"Code": code}, "ResponseMetadata": {"HTTPStatusCode": status}}
            raise ClientError(answer, "PutObject")
        self.objects[Key] = Body.read()

    def list_objects_v2(self, *, Prefix: str = "", Delimiter: str = "", **_: Any) -> dict[str, Any]:  # noqa: N803 - boto3's names
        """Return the objects, or the folders, below a prefix."""
        keys = sorted(key for key in self.objects if key.startswith(Prefix))
        if Delimiter:
            folders = {Prefix + key[len(Prefix) :].split("/")[0] + "/" for key in keys}
            return {"CommonPrefixes": [{"Prefix": folder} for folder in sorted(folders)]}
        now = datetime.now(UTC)
        items = [(key, self.objects[key]) for key in keys]
        return {"Contents": [{"Key": k, "ETag": _etag(c), "Size": len(c), "LastModified": now} for k, c in items]}

    def get_paginator(self, _: str) -> Any:
        """Return what pages through `list_objects_v2`."""
        return self

    def paginate(self, **asked: Any) -> Any:
        """Yield the only page."""
        yield self.list_objects_v2(**asked)

    def _get(self, key: str) -> bytes:
        if key not in self.objects:
            status: Any = {"Error": {"Code": "NoSuchKey"}, "ResponseMetadata": {"HTTPStatusCode": 404}}
            raise ClientError(status, "GetObject")
        return self.objects[key]


def _etag(content: bytes) -> str:
    return f'"{hashlib.md5(content, usedforsecurity=False).hexdigest()}"'
