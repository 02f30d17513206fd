"""Selects from requirements.lock the packages of one container image, with their versions and hashes."""

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
PLATFORM = "imaging-services"
REQUIREMENT = re.compile(r"\s*([A-Za-z0-9][A-Za-z0-9._-]*)\s*(?:\[([^\]]*)\])?")


@dataclass(frozen=True, slots=True)
class Pin:
    """One version of one package in the lock; a package may have several, for several versions of Python.

    Parameters
    ----------
    name : normalised by PEP 503.
    requirement : the version, and the marker of the environments that it is for.
    text : the requirement with its hashes, as pip reads it.
    parents : the packages that depend on it, from the resolver's notes.
    """

    name: str
    requirement: str
    text: str
    parents: frozenset[str]


def normalised(name: str) -> str:
    """Return a package's name as PEP 503 compares it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def read(path: Path = ROOT / "requirements.lock") -> tuple[Pin, ...]:
    """Return the pins of a lock file written by `uv pip compile --generate-hashes`."""
    return _pins(path.read_text())


@lru_cache(maxsize=4)  # each distribution's context asks for the same
def _pins(text: str) -> tuple[Pin, ...]:
    blocks = re.findall(r"^\S.*(?:\n[ \t]+.*)*", text, re.MULTILINE)
    return tuple(_pin(block) for block in blocks if not block.startswith("#"))


def _pin(block: str) -> Pin:
    lines = block.splitlines()
    notes = [line.strip(" #").removeprefix("via ") for line in lines if line.lstrip().startswith("#")]
    kept = [line for line in lines if not line.lstrip().startswith("#")]
    requirement = kept[0].removesuffix("\\").strip()
    parents = frozenset(normalised(each.split(" ")[0]) for each in notes if each != "via")
    return Pin(normalised(requirement.partition("==")[0]), requirement, "\n".join(kept), parents)


def extra_requirements(extras: Iterable[str], project: Path = ROOT / "pyproject.toml") -> set[str]:
    """Return the names of the packages that the platform and these of its extras require."""
    table = _project(project.read_text())
    lines = [*table["dependencies"], *(line for extra in extras for line in table["optional-dependencies"][extra])]
    return required(lines, project)


@lru_cache(maxsize=4)
def _project(text: str) -> dict[str, Any]:
    return tomllib.loads(text)["project"]


def required(requirements: Iterable[str], project: Path = ROOT / "pyproject.toml") -> set[str]:
    """Return the names in a list of requirements; the platform's extras are replaced by their packages."""
    names: set[str] = set()
    for line in requirements:
        if (match := REQUIREMENT.match(line)) is None or "extra ==" in line:
            continue
        name, extras = normalised(match[1]), [each.strip() for each in (match[2] or "").split(",") if each.strip()]
        names |= {name} if name != PLATFORM else extra_requirements(extras, project)
    return names


def closure(pins: Iterable[Pin], names: Iterable[str]) -> list[Pin]:
    """Return the pins of these packages and of all that they depend on."""
    pins, wanted = list(pins), set(names)
    while more := {pin.name for pin in pins if pin.parents & wanted} - wanted:
        wanted |= more
    return [pin for pin in pins if pin.name in wanted]
