"""The files of the web page, and `config.json`, which names the paths of the APIs."""

import mimetypes
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pulumi
import pulumi_aws as aws

from components.parts.json_text import json_text
from runtime.contracts.origin import API_PREFIX, PACS_PREFIX

# The names of built files change with their content; browsers always fetch these two again.
FRESH = ("index.html", "config.json")


@dataclass(frozen=True, slots=True, kw_only=True)
class WebPageArgs:
    """Arguments of a WebPage."""

    bucket: aws.s3.Bucket
    """The bucket that the site is served from."""
    folder: Path
    """The built page."""
    access: Mapping[str, object]
    """What `config.json` says of who may call, and where people sign in."""

    def __post_init__(self) -> None:
        if not (self.folder / "index.html").is_file():
            raise ValueError(f"the folder {self.folder} has no index.html; build the page with `make page`")


class WebPage(pulumi.ComponentResource):
    """The objects of the page, one for each file."""

    def __init__(self, name: str, args: WebPageArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("imaging:index:WebPage", name, {}, opts)
        self._bucket = args.bucket
        for path in sorted(each for each in args.folder.rglob("*") if each.is_file() and ".vite" not in each.parts):
            key = path.relative_to(args.folder).as_posix()
            if key != "config.json":  # it may be there for development
                self._object(name, key, source=pulumi.FileAsset(path))
        configuration = {"API_BASE": API_PREFIX, "PACS_API_BASE": PACS_PREFIX, **args.access}
        self._object(name, "config.json", content=json_text(configuration))
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
