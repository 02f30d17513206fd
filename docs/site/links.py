"""Where a link of a document of this repository leads on the site."""

import posixpath
import re
from collections.abc import Callable, Iterator

# Documents that stand outside docs/, by their page.
OUTSIDE = {
    "index.md": "README.md",
    "contributing.md": "CONTRIBUTING.md",
    "changelog.md": "CHANGELOG.md",
    "security.md": "SECURITY.md",
    "bench.md": "bench/README.md",
    "example.md": "examples/processing-1/README.md",
    "collection.md": "collection/README.md",
}
PAGES = {document: page for page, document in OUTSIDE.items()}
FENCE = re.compile(r"(^ *(?:```|~~~).*?^ *(?:```|~~~)\s*?$)", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"(?<=\]\()([^)\s#:]+)(#[^)\s]*)?(?=\))")


def document_of(page: str) -> str:
    """Return the file of the repository that a page of the site shows."""
    return OUTSIDE.get(page, f"docs/{page}")


def page_of(path: str, *, folder: bool) -> str:
    """Return the page, or the file of the site, that shows a file or a folder of the repository."""
    if path in PAGES:
        return PAGES[path]
    if path.startswith("docs/") and not folder:
        return path.removeprefix("docs/")
    shown = re.sub(r"(^|/)\.", r"\1", path)  # MkDocs leaves names with a dot out
    return f"source/{shown}/index.md" if folder else f"source/{shown}.md"


def targets(text: str, document: str) -> Iterator[str]:
    """Yield the files and folders of the repository that a document links to."""
    for part in _prose(text):
        for found in LINK.finditer(part):
            yield _target(found[1], document)


def rewritten(text: str, page: str, is_folder: Callable[[str], bool]) -> str:
    """Return a page's Markdown with each link between files of the repository led to the page that shows it."""
    document = document_of(page)

    def link(found: re.Match[str]) -> str:
        target = _target(found[1], document)
        there = page_of(target, folder=is_folder(target))
        return posixpath.relpath(there, posixpath.dirname(page) or ".") + (found[2] or "")

    return "".join(part if FENCE.fullmatch(part) else LINK.sub(link, part) for part in FENCE.split(text))


def _prose(text: str) -> Iterator[str]:
    return (part for part in FENCE.split(text) if not FENCE.fullmatch(part))


def _target(link: str, document: str) -> str:
    return posixpath.normpath(posixpath.join(posixpath.dirname(document), link))
