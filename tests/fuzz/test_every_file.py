"""Every file of pydicom's own set, and each generated class of images, through every route and the worker.

`make files` writes docs/dicom-files.md; this test compares it with what comes of each file.
"""

import os
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from starlette.testclient import TestClient

from bench.matrix.file import file_of
from bench.matrix.native import packed
from bench.matrix.pictures import cells_of
from bench.matrix.run import cases
from bench.matrix.syntaxes import SYNTAXES, takes
from runtime.worker.child.messages import Done
from tests.fuzz.bucket import Bucket
from tests.fuzz.test_worker import Child
from tests.fuzz.test_worker import child as child  # the fixture
from tests.runtime.dicom.files import FILES

# a minute, and more beside others; the files are tried once, in one process
pytestmark = [pytest.mark.timeout(900), pytest.mark.xdist_group("files")]
PAGE = Path(__file__).parents[2] / "docs" / "dicom-files.md"
IMAGE = "/studies/{study}/series/s/images/i"
COLUMNS = ("index", "stack", "preview", "pixels", "original", "worker")
HEAD = """# Every test file, by every route

`make files` writes this page, and the tests compare it with what comes of every file: of pydicom's own set, and of each
class of [the matrix](dicom-matrix.md) in Explicit VR Little Endian. Each file is a series of its own. The index
describes a file by its header or lists it without; stack, preview and pixels show it; original returns its bytes; the
worker computes an algorithm that returns its image. What is refused is refused with the code and the sentence that are
given. Nothing is answered with 5xx.
"""


class Row(NamedTuple):
    """What came of one file."""

    group: str
    name: str
    outcomes: tuple[str, ...]
    reason: str


def files() -> Iterator[tuple[str, str, bytes]]:
    """Yield the group, the name and the content of each file."""
    for path in sorted(FILES.rglob("*")):
        if path.is_file() and path.suffix not in (".py", ".pyc", ".md", ".txt", ".json"):
            yield "pydicom", path.relative_to(FILES).as_posix(), path.read_bytes()
    syntax = next(each for each in SYNTAXES if each.name == "Explicit VR Little Endian")
    for case in cases():
        if takes(syntax, case):
            yield case.group, case.name, file_of(case, syntax.uid, packed(case, cells_of(case)), encapsulated=False)


def tried(pacs: TestClient, bucket: Bucket, child: Child, study: str, content: bytes) -> tuple[tuple[str, ...], str]:
    """Return what each route and the worker make of a file, and the first reason why one refuses it."""
    bucket.objects.clear()
    bucket.objects[f"{study}/s/i.dcm"] = content
    image = IMAGE.format(study=study)
    reasons: list[str] = []

    def outcome(address: str, accept: str = "*/*") -> str:
        answer = pacs.get(address, headers={"accept": accept})
        assert answer.status_code in (200, 422), (address, answer.status_code, answer.text)
        if answer.status_code == 200:
            return "yes"
        reasons.append(answer.json()["detail"])
        return str(answer.json()["code"]).removeprefix("input_")

    listed = pacs.get(f"/studies/{study}/series/s/images").raise_for_status().json()["images"]
    original = pacs.get(image, headers={"accept": "application/dicom"})
    assert original.content == content
    reply = child.compute(content, "regular")
    code = "yes" if isinstance(reply, Done) else str(getattr(reply, "code", reply)).removeprefix("input_")
    found = (
        "described" if listed[0]["rows"] else "listed",
        outcome(f"/studies/{study}/series/s/stack"),
        outcome(image, "image/png"),
        outcome(f"{image}/pixels"),
        "yes",
        code,
    )
    return found, (reasons[0] if reasons else str(getattr(reply, "message", "")))


def _folder(name: str) -> str:
    """Return the folder of a file, its first two levels; a file that lies in none is its own."""
    return "/".join(name.split("/")[:2]) if "/" in name else name


def page(rows: list[Row]) -> str:
    """Return the page: pydicom's files one by one, the generated ones by what came of them."""
    lines = [HEAD, f"| file | {' | '.join(COLUMNS)} | reason |", f"|---|{'---|' * len(COLUMNS)}---|"]
    own = [row for row in rows if row.group == "pydicom"]
    for (folder, outcomes, reason), alike in groupby(own, lambda row: (_folder(row.name), row.outcomes, row.reason)):
        names = [row.name for row in alike]
        named = names[0] if len(names) == 1 else f"{folder} ({len(names)} files)"
        lines.append(f"| {named} | {' | '.join(outcomes)} | {reason.replace('|', '/')} |")
    lines += ["", "## Generated", "", f"| class | files | {' | '.join(COLUMNS)} |", f"|---|---|{'---|' * len(COLUMNS)}"]
    made = sorted((row for row in rows if row.group != "pydicom"), key=lambda row: (row.group, row.outcomes))
    for (group, outcomes), some in groupby(made, lambda row: (row.group, row.outcomes)):
        lines.append(f"| {group} | {len(list(some))} | {' | '.join(outcomes)} |")
    return "\n".join([*lines, "", f"{len(rows)} files.", ""])


@pytest.fixture(scope="module")
def rows(pacs: TestClient, bucket: Bucket, child: Child) -> list[Row]:
    """What came of every file."""
    return [
        Row(group, name, *tried(pacs, bucket, child, f"every{at}", content))
        for at, (group, name, content) in enumerate(files())
    ]


def test_each_file_comes_out_as_the_page_says(rows: list[Row]) -> None:
    made = page(rows)
    if os.environ.get("IMAGING_GOLDEN") == "write":
        PAGE.write_text(made)
    assert made == PAGE.read_text(), "the page is an old one: make files"


def test_what_one_route_shows_no_other_refuses(rows: list[Row]) -> None:
    for row in rows:
        by: dict[str, Any] = dict(zip(COLUMNS, row.outcomes, strict=True))
        # A header alone does not tell a damaged codestream, and a job takes all frames, as one volume.
        assert by["preview"] == by["pixels"] or row.reason, row
        assert by["stack"] == "yes" or by["preview"] != "yes", row
        assert by["worker"] != "yes" or by["preview"] == "yes", row
        assert set(row.outcomes) <= {"yes", "described", "listed", "unreadable", "unsupported"}, row
