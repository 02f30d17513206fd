"""The files of the web page, and the one that tells it below which paths the APIs are."""

import mimetypes
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pulumi
import pulumi_aws as aws

from components.parts.json_text import json_text
from runtime.contracts.origin import API_PREFIX, PACS_PREFIX

# Names of built files say what is in them; these two are always asked for anew.
FRESH = ("index.html", "config.json")


@dataclass(frozen=True, slots=True, kw_only=True)
class WebPageArgs:
    """Arguments of a WebPage."""

    bucket: aws.s3.Bucket
    """Where the site is served from."""
    folder: Path
    """The built page."""
    access: Mapping[str, object]
    """What it is told of who may call, and where people sign in."""

    def __post_init__(self) -> None:
        if not (self.folder / "index.html").is_file():
            raise ValueError(f"folder, {self.folder}, holds no index.html")


class WebPage(pulumi.ComponentResource):
    """One object a file."""

    def __init__(self, name: str, args: WebPageArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("imaging:index:WebPage", name, {}, opts)
        self._bucket = args.bucket
        for path in sorted(each for each in args.folder.rglob("*") if each.is_file() and ".vite" not in each.parts):
            key = path.relative_to(args.folder).as_posix()
            if key != "config.json":  # the one for development, if there is one
                self._object(name, key, source=pulumi.FileAsset(path))
        told = {"API_BASE": API_PREFIX, "PACS_API_BASE": PACS_PREFIX, **args.access}
        self._object(name, "config.json", content=json_text(told))
        self.register_outputs({})

    def _object(
        self,
        name: str,
        key: str,
        *,
        content: pulumi.Input[str] | None = None,
        source: pulumi.FileAsset | None = None,
    ) -> None:
        aws.s3.BucketObjectv2(
            f"{name}-{'-'.join(re.findall('[a-z0-9]+', key.lower()))}",
            bucket=self._bucket.id,
            key=key,
            content=content,
            source=source,
            content_type=mimetypes.guess_type(key)[0] or "application/octet-stream",
            cache_control="no-cache" if key in FRESH else "public, max-age=31536000, immutable",
            opts=pulumi.ResourceOptions(parent=self),
        )
