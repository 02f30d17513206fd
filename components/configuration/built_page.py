"""Refuses to deploy a page that was not built."""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def folder(named: str) -> Path:
    """Return the folder of the built page; `named` is relative to the program's own folder."""
    return ROOT / named


def faults(project: str, values: dict[str, object]) -> list[str]:
    """Return what is wrong if a page is to be served and there is none."""
    named = values.get("web_folder")
    if values.get("web") is not True or not isinstance(named, str) or (folder(named) / "index.html").is_file():
        return []
    return [
        f"{project}:web is true, and {project}:webFolder, {named!r}, holds no index.html: build the page with "
        f"`make page` (it needs Node), or set {project}:web to false."
    ]
