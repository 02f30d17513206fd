"""What installing the collection would register."""

import tomllib
from importlib.metadata import EntryPoint
from typing import Any

from algorithms.plugin import load_plugin
from algorithms.registered import Registered
from algorithms.registry import GROUP
from imaging import Image, Result
from runtime.local.program.project import ROOT

COLLECTION = ROOT / "collection"
ENTRY_POINTS: dict[str, str] = tomllib.loads((COLLECTION / "pyproject.toml").read_text())["project"]["entry-points"][
    GROUP
]


def declared() -> dict[str, Registered]:
    """Return the algorithms of the entry points by name. A fault fails."""
    found: dict[str, Registered] = {}
    for name, module in ENTRY_POINTS.items():
        algorithms, faults = load_plugin(EntryPoint(name, module, GROUP))
        assert not faults, faults
        found |= {each.algorithm.name: each for each in algorithms}
    return found


def image_of(returned: Any) -> Image:
    """Return the image that an algorithm returned, alone or in a Result with nothing missing."""
    if isinstance(returned, Result):
        assert returned.missing == ()
        assert returned.image is not None
        return returned.image
    return returned
