"""Plugins for the tests: real distributions, only not downloaded from anywhere."""

import importlib
import sys
import textwrap
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import settings

# `make quick` tries fewer values than `make test`.
settings.register_profile("quick", max_examples=25)

HEAD = """
from typing import Annotated, Any, Literal
from imaging import Algorithm, Image, Parameter, Resources, hookimpl

def run(image: Image, sigma: float = 1.0) -> Image:
    return image
"""
GOOD = """
@hookimpl
def register_algorithms():
    return Algorithm(name="{name}", summary="Returns the image.", run=run)
"""


def write_distribution(
    folder: Path, module: str, source: str, *, distribution: str = "", version: str = "1.2.3", entry_points: str = ""
) -> None:
    """Write what an installer would: a module, and a .dist-info folder with the metadata and the entry points."""
    distribution = distribution or f"{module}-dist"
    info = folder / f"{distribution.replace('-', '_')}-{version}.dist-info"
    info.mkdir(parents=True)
    (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {distribution}\nVersion: {version}\n")
    (info / "entry_points.txt").write_text(f"[imaging.algorithms]\n{entry_points or f'{module} = {module}'}\n")
    (folder / f"{module}.py").write_text(textwrap.dedent(source))


Install = Callable[..., None]


@pytest.fixture
def install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Install]:
    """Install distributions into a folder on the path for the length of a test."""
    before = set(sys.modules)
    monkeypatch.syspath_prepend(str(tmp_path))

    def write(module: str, source: str, **options: str) -> None:
        write_distribution(tmp_path, module, source, **options)
        importlib.invalidate_caches()

    yield write
    for name in set(sys.modules) - before:
        if str(getattr(sys.modules[name], "__file__", "")).startswith(str(tmp_path)):
            del sys.modules[name]
