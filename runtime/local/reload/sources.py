"""Which files an algorithm's code is read from while its author changes it: those of editable distributions."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from importlib.metadata import Distribution, entry_points
from pathlib import Path
from typing import Any, Final
from urllib.parse import unquote, urlsplit

from algorithms import builtin
from algorithms.registry import GROUP
from runtime.containers import PLATFORM

# Folders of a project from which no job reads; hidden ones are left out as well.
LEFT_OUT: Final = frozenset({"__pycache__", "build", "dist", "docs", "node_modules", "tests", "venv"})


@dataclass(frozen=True, slots=True)
class Sources:
    """Where the code of a distribution is.

    Parameters
    ----------
    distribution : its name.
    folder : the folder below which its files are.
    """

    distribution: str
    folder: Path

    def has(self, path: Path) -> bool:
        """Return whether a file is code of the distribution: a module, or data in a package."""
        if not path.is_relative_to(self.folder):
            return False
        folders = path.relative_to(self.folder).parts[:-1]
        if any(part in LEFT_OUT or part.startswith(".") or part.endswith(".egg-info") for part in folders):
            return False
        if path.name.startswith(".") or path.name.endswith("~"):  # an editor's own
            return False
        return path.suffix == ".py" or (path.parent / "__init__.py").exists()


def editable(installed: Iterable[Distribution] | None = None) -> list[Sources]:
    """Return the sources of each installed distribution that registers algorithms and is editable, by name.

    Of the platform's own these are the built-in algorithms alone: everything else in it is more than a plugin.
    """
    if installed is None:
        installed = [each.dist for each in entry_points(group=GROUP) if each.dist is not None]
    found: dict[str, Sources] = {}
    for each in installed:
        name = str(each.metadata["Name"])
        if folder := Path(builtin.__file__).resolve().parent if name == PLATFORM else _project(each):
            found[name] = Sources(name, folder)
    return [found[name] for name in sorted(found)]


def changed(paths: Iterable[Path], sources: Iterable[Sources]) -> dict[str, list[Path]]:
    """Return the changed files of each distribution that has any, by its name."""
    known = sorted(paths)
    found = {each.distribution: [path for path in known if each.has(path)] for each in sources}
    return {name: files for name, files in found.items() if files}


def _project(distribution: Distribution) -> Path | None:
    """Return the folder that an editable distribution is imported from, or None if it is not editable (PEP 610)."""
    origin: dict[str, Any] = json.loads(distribution.read_text("direct_url.json") or "{}")
    if not origin.get("dir_info", {}).get("editable"):
        return None
    folder = Path(unquote(urlsplit(str(origin["url"])).path)).resolve()
    source = folder / "src"
    if source.is_dir():
        return source
    return folder if folder.is_dir() else None
