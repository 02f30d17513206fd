"""Objects that the program puts into a bucket."""

from pathlib import Path
from typing import Any

import pulumi

from runtime.local.resources.base import Handler, Properties, pick, unless_absent


def content(inputs: Properties) -> bytes:
    """Return an object's bytes: its text, or its file as either front end hands it over."""
    if inputs.get("content") is not None:
        return inputs["content"].encode()
    source: Any = inputs["source"]
    return Path(source.path if isinstance(source, pulumi.FileAsset) else source["path"]).read_bytes()


class BucketObject(Handler):
    """aws:s3/bucketObjectv2:BucketObjectv2."""

    service = "s3"
    replace_on = frozenset({"bucket", "key"})

    def create(self, inputs: Properties) -> tuple[str, Properties]:
        """Create it; its id is its bucket and key."""
        return f"{inputs['bucket']}/{inputs['key']}", self.update("", {}, inputs)

    def read(self, identity: str, state: Properties) -> Properties | None:
        """Read its headers."""
        details = unless_absent(self.api.head_object, Bucket=state["bucket"], Key=state["key"])
        if details is None:
            return None
        return {**state, "etag": details["ETag"].strip('"'), "contentType": details["ContentType"]}

    def update(self, identity: str, old: Properties, new: Properties) -> Properties:
        """Put it into the bucket."""
        self.api.put_object(
            Bucket=new["bucket"],
            Key=new["key"],
            Body=content(new),
            **pick(new, ContentType="contentType", CacheControl="cacheControl"),
        )
        return self.present(identity, new)

    def delete(self, identity: str, state: Properties) -> None:
        """Remove it."""
        unless_absent(self.api.delete_object, Bucket=state["bucket"], Key=state["key"])
