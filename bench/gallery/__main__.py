"""`python -m bench.gallery`: write docs/gallery.md and its pictures. Takes a minute."""

import statistics
import time
from collections.abc import Mapping
from importlib import import_module
from pathlib import Path
from typing import Any

from algorithms.parameters import bind
from algorithms.registry import load_registry
from bench.algorithms.image import sample
from bench.gallery.entries import ENTRIES, Entry, View
from bench.gallery.page import Shown, page
from bench.gallery.picture import picture
from imaging import Algorithm, Image, Result
from runtime.local.program.project import ROOT

PAGE = ROOT / "docs" / "gallery.md"
PICTURES = ROOT / "docs" / "images" / "gallery"
ROUNDS = 3


def main() -> None:
    """Compute everything, and write the page and its pictures."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    for old in PICTURES.glob("*.png"):
        old.unlink()
    source = sample()
    views: tuple[View, ...] = ("part", "whole", "coronal")
    for view in views:
        _write(f"source-{view}", picture(source, Result(), source, view))
    found = declarations()
    PAGE.write_text(page([_shown(entry, found[entry.name], source) for entry in ENTRIES], source))
    print(f"{PAGE}: {len(ENTRIES)} algorithms, {sum(each.stat().st_size for each in PICTURES.glob('*.png'))} bytes")


def declarations() -> Mapping[str, Algorithm]:
    """Return the built-in algorithms and those of the collection, which need not be installed."""
    root = ROOT / "collection/src"
    modules = [".".join(path.relative_to(root).with_suffix("").parts) for path in root.glob("*/*/*.py")]
    plugins: list[Any] = [import_module(module) for module in modules]
    own: list[Algorithm] = [each.register_algorithms() for each in plugins if hasattr(each, "register_algorithms")]
    built_in = load_registry().distributions["imaging-services"]
    return {each.name: each for each in (*own, *(each.algorithm for each in built_in))}


def _shown(entry: Entry, algorithm: Algorithm, source: Image) -> Shown:
    parameters = bind(algorithm.run, entry.parameters)
    returned: Any = algorithm.run(source, **parameters)
    taken: list[float] = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        algorithm.run(source, **parameters)
        taken.append(time.perf_counter() - start)
    result = returned if isinstance(returned, Result) else Result(image=returned)
    if result.image is not None:
        _write(entry.name, picture(result.image, result, source, entry.view))
    return Shown(entry, algorithm.summary, parameters, result, statistics.median(taken))


def _write(name: str, content: bytes) -> None:
    Path(PICTURES / f"{name}.png").write_bytes(content)


if __name__ == "__main__":
    main()
