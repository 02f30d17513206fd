"""The hooks of MkDocs: pages that stand outside docs/, the reference, and links that work in both places."""

from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page

from docs.site.links import OUTSIDE, document_of, page_of, rewritten, targets
from docs.site.reference import reference
from docs.site.sources import source_page

ROOT = Path(__file__).resolve().parents[2]


def on_files(files: Files, *, config: MkDocsConfig) -> Files:
    """Add the documents outside docs/, the reference, and each file and folder that a document links to."""
    for page, document in OUTSIDE.items():
        files.append(File.generated(config, page, content=(ROOT / document).read_text()))
    linked = {target for file in files.documentation_pages() for target in _targets(file)}
    for target in sorted(linked):
        page = page_of(target, folder=(ROOT / target).is_dir())
        if (ROOT / target).exists() and files.get_file_from_path(page) is None:
            files.append(File.generated(config, page, content=source_page(ROOT, target)))
    for page, text in reference().items():
        files.append(File.generated(config, page, content=text))
    return files


def on_page_markdown(markdown: str, *, page: Page, **_: Any) -> str:
    """Lead the links of a document to the pages that show their targets."""
    uri = page.file.src_uri
    if uri.startswith(("source/", "reference/")):
        return markdown
    return rewritten(markdown, uri, lambda target: (ROOT / target).is_dir())


def _targets(file: File) -> list[str]:
    return list(targets(file.content_string, document_of(file.src_uri)))
