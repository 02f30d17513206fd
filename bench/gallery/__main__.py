"""`python -m bench.gallery`: write docs/gallery.md and its pictures. Takes a minute."""

import dataclasses
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
from bench.gallery.second import second
from imaging import Algorithm, Image, Quantity, Result
from runtime.local.program.project import ROOT

PAGE = ROOT / "docs" / "gallery.md"
PICTURES = ROOT / "docs" / "images" / "gallery"
ROUNDS = 3
LONGEST = 20.0  # seconds after which no further round begins


def main() -> None:
    """Compute everything, and write the page and its pictures."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    for old in PICTURES.glob("*.png"):
        old.unlink()
    source = sample()
    views: tuple[View, ...] = ("part", "whole", "coronal")
    for view in views:
        _write(f"source-{view}", picture(source, Result(), source, view))
    for kind in ("turned", "bent"):
        _write(f"{kind}-whole", picture(second(kind, source), Result(), source, "whole"))
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
    inputs = {name: second(kind, source) for name, kind in entry.inputs.items()}
    taken: list[float] = []
    returned: Any = None
    while len(taken) < ROUNDS and sum(taken) < LONGEST:
        start = time.perf_counter()
        returned = algorithm.run(source, **inputs, **parameters)
        taken.append(time.perf_counter() - start)
    result = _result(returned)
    if result.image is not None:
        _write(entry.name, picture(result.image, result, source, entry.view))
    return Shown(entry, algorithm.summary, parameters, result, statistics.median(taken))


def _result(returned: Any) -> Result:
    """Return what an algorithm returned as a Result: of declared outputs the first image, and the quantities."""
    if isinstance(returned, Image):
        return Result(image=returned)
    if isinstance(returned, Result):
        return returned
    fields = {each.name: getattr(returned, each.name) for each in dataclasses.fields(returned)}
    measured = {name: each.value for name, each in fields.items() if isinstance(each, Quantity)}
    image = next((each for each in fields.values() if isinstance(each, Image)), None)
    return Result(image=image, measurements=measured)


def _write(name: str, content: bytes) -> None:
    Path(PICTURES / f"{name}.png").write_bytes(content)


if __name__ == "__main__":
    main()
