"""The PACS API as a process, and the objects that it must not stumble over."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

BUCKET = "pacs-of-the-pacs-tests"


# image id -> one of pydicom's own test files, kept as study "odd", series "files"
ODD = {
    "ct": "CT_small.dcm",
    "jpeg2000": "MR_small_jp2klossless.dcm",
    "jpeg-ls": "MR_small_jpeg_ls_lossless.dcm",
    "rle": "MR_small_RLE.dcm",
    "plain": "MR_small.dcm",
    "jpeg-lossy": "SC_rgb_jpeg_dcmtk.dcm",
    "jpeg-12": "JPGExtended.dcm",
    "us-colour": "examples_rgb_color.dcm",
    "us-cine": "examples_ybr_color.dcm",
    "palette": "examples_palette.dcm",
    "colour-16": "SC_rgb_rle_16bit.dcm",
    "report": "test-SR.dcm",
    "truncated": "MR_truncated.dcm",
    "bad-jpeg2000": "JPEG2000-embedded-sequence-delimiter.dcm",
}


@dataclass
class Server:
    """A served PACS API and what it has logged."""

    address: str
    log: Path

    def lines(self) -> list[dict[str, Any]]:
        """Return its log; that of a call may come a moment after the call's answer."""
        return [json.loads(line) for line in self.log.read_text().splitlines()]
