"""The documents, and the fenced blocks in them."""

import re
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[2]
DOCUMENTS = sorted(
    path
    for pattern in ("*.md", "docs/**/*.md", "bench/*.md", "examples/**/*.md", "collection/*.md")
    for path in ROOT.glob(pattern)
    if "node_modules" not in path.parts
)
BLOCK = re.compile(r"(?:<!-- file: (?P<file>\S+) -->\n)?^```(?P<language>\w*)\n(?P<text>.*?)^```$", re.M | re.S)
RUN, SHOWN = {"bash"}, {"console", "text", "mermaid", "powershell", "python", "typescript", "toml", "json", "http"}


class Block(NamedTuple):
    """A fenced block: the file it is to be written to, its language tag and its text."""

    file: str | None
    language: str
    text: str


def blocks(document: Path) -> list[Block]:
    return [Block(found["file"], found["language"], found["text"]) for found in BLOCK.finditer(document.read_text())]


def name(document: Path) -> str:
    return str(document.relative_to(ROOT))
