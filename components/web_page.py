"""The files of the web page, and the one that tells it where the APIs are."""

import mimetypes
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pulumi
import pulumi_aws as aws

from components.json_text import json_text

PLACEHOLDER = """<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Imaging</title>
<p>The web page has not been built. The APIs are at the addresses in <a href="config.json">config.json</a>.</p>
</html>
"""
# Names of built files say what is in them; these two are always asked for anew.
FRESH = ("index.html", "config.json")


@dataclass(frozen=True, slots=True, kw_only=True)
class WebPageArgs:
    """Arguments of a WebPage."""

    bucket: aws.s3.Bucket
    """Where the site is served from."""
    folder: Path
    """The built page; where there is none, a page that says so."""
    api: pulumi.Input[str]
    """Address of the processing API, which the page reads in config.json."""
    pacs_api: pulumi.Input[str]
    """Address of the PACS API."""
    access: Mapping[str, object]
    """What it is told of who may call the processing API, and where people sign in."""


class WebPage(pulumi.ComponentResource):
    """One object a file."""

    def __init__(self, name: str, args: WebPageArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("imaging:index:WebPage", name, {}, opts)
        self._bucket = args.bucket
        if not (args.folder / "index.html").exists():
            self._object(name, "index.html", content=PLACEHOLDER)
        else:
            for path in sorted(each for each in args.folder.rglob("*") if each.is_file() and ".vite" not in each.parts):
                key = path.relative_to(args.folder).as_posix()
                if key != "config.json":  # the one for development, if there is one
                    self._object(name, key, source=pulumi.FileAsset(path))
        told = {"API_BASE": args.api, "PACS_API_BASE": args.pacs_api, **args.access}
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
