"""What the documents say of themselves: blocks parse, links lead somewhere, nothing that a reader needs is left out."""

import json
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from clients.cli.commands.outputs import variables
from runtime.local.cloud import LocalCloud
from tests.docs.documents import BLOCK, DOCUMENTS, ROOT, RUN, SHOWN, blocks, name

LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")


@pytest.mark.parametrize("document", DOCUMENTS, ids=name)
def test_every_block_says_what_it_is_and_parses(document: Path) -> None:
    for block in blocks(document):
        assert block.language in RUN | SHOWN, f"a block without a known language: {block.text[:60]!r}"
        if block.language == "python":
            compile(block.text, name(document), "exec")
        elif block.language == "json":
            json.loads(block.text)
        elif block.language == "toml":
            tomllib.loads(block.text)


@pytest.mark.parametrize("document", DOCUMENTS, ids=name)
def test_links_lead_somewhere(document: Path) -> None:
    for link in LINK.findall(BLOCK.sub("", document.read_text())):
        if re.match(r"[a-z]+:", link):
            continue
        place, _, anchor = link.partition("#")
        target = (document.parent / place) if place else document
        assert target.exists(), f"{link} leads nowhere"
        if anchor:
            headings = re.findall(r"^#+ (.+)$", BLOCK.sub("", target.read_text()), re.M)
            assert anchor in {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}, link


def test_every_output_and_variable_is_documented(deployed: LocalCloud) -> None:
    text = "".join(path.read_text() for path in (ROOT / "README.md", ROOT / "docs/architecture.md"))
    for output in deployed.outputs:
        assert f"`{output}`" in text, f"the stack output {output} is not documented"
    for variable in variables(deployed.outputs):
        pattern = re.sub(r"(REQ|RES)\d+_", r"\g<1>1_", variable)
        if pattern.endswith(("_REQUESTS_QUEUE", "_RESULTS_QUEUE")):
            pattern = f"GAUSSIAN_{pattern.rsplit('_', 2)[1]}_QUEUE"
        assert f"`{pattern}`" in text, f"the variable {variable} is not documented"


def test_every_algorithm_stands_in_the_readme() -> None:
    listed = subprocess.run(
        [sys.executable, "-m", "clients.cli", "algorithms", "--json"], capture_output=True, check=True
    )
    readme = (ROOT / "README.md").read_text()
    for entry in json.loads(listed.stdout):
        assert f"| `{entry['name']}` |" in readme
