"""What a preview would make, as text that a reviewer reads; kept in `golden/` and written anew by `make golden`."""

import os
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

FOLDER = Path(__file__).with_name("golden")
# What holds data, and what it is read with: a new URN for one of these is a new, empty one.
DATA = (
    "aws:dynamodb/table:Table",
    "aws:ecr/repository:Repository",
    "aws:kms/key:Key",
    "aws:s3/bucket:Bucket",
    "aws:sns/topic:Topic",
    "aws:sqs/queue:Queue",
)


# The page's files: as many as its last build made.
UNCOUNTED = "aws:s3/bucketObjectv2:BucketObjectv2"


def _types(urn: str) -> list[str]:
    return urn.split("::")[2].split("$")


def table(urns: Iterable[str]) -> str:
    """Return how many resources of each type every component has, one a line."""
    counts: Counter[tuple[str, str]] = Counter()
    for urn in urns:
        *parents, own = _types(urn)
        if own not in ("pulumi:pulumi:Stack", UNCOUNTED) and not own.startswith("pulumi:providers:"):
            counts[parents[0].rsplit(":", 1)[-1] if parents else own.rsplit(":", 1)[-1], own] += 1
    width = max(len(component) for component, _ in counts)
    lines = [f"{component:{width}}  {count:4}  {own}" for (component, own), count in sorted(counts.items())]
    return "\n".join([*lines, f"{'total':{width}}  {sum(counts.values()):4}", ""])


def names_of_data(urns: Iterable[str]) -> str:
    """Return the URNs of everything that holds data, one a line."""
    return "\n".join([*sorted(urn for urn in urns if _types(urn)[-1] in DATA), ""])


def check(name: str, text: str) -> None:
    """Compare with the golden file of that name, or write it where IMAGING_GOLDEN says so."""
    path = FOLDER / f"{name}.txt"
    if os.environ.get("IMAGING_GOLDEN") == "write":
        path.write_text(text)
    assert path.read_text() == text, f"{path.name} differs; if the change is meant, run `make golden`"
