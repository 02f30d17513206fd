"""Writes the build context of a distribution's container image: the platform, and the plugin as installed here."""

import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache
from importlib.metadata import Distribution, distribution
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from runtime.containers import lock, tree
from runtime.containers.lock import PLATFORM, ROOT, Pin
from runtime.containers.tree import File, Tree

HERE = Path(__file__).parent
# The sources of the platform's wheel.
PLATFORM_SOURCES = ("pyproject.toml", "README.md", "LICENSE", "imaging", "algorithms", "runtime")
# No service runs these, and a change of them must not rebuild every container image.
NOT_IN_IMAGES = ("local", "containers", "bundle", "authoring")
# The extra of every container image; those of the platform's own services; the packages that build its wheel.
COMMON, OWN, TOOLS = "worker", {"worker": "builtin", "pacs": "pacs"}, ("hatchling",)
# The sources are one file in the context: hundreds in each of a hundred contexts take seconds to write and to send.
SOURCES = "platform.tar"


@dataclass(frozen=True, slots=True)
class Context:
    """A folder to build a container image from, and the tag that stands for exactly its content."""

    folder: Path
    tag: str


def build_context(name: str, extra: str, folder: Path) -> Context:
    """Write the context of the installed distribution `name` with the platform's `extra` below `folder`."""
    files = {SOURCES: _platform(ROOT, folder), **_locks(name, extra)}
    dockerfile = (HERE / "Dockerfile").read_text()
    if name != PLATFORM:
        requirement, brought = _requirement(distribution(name))
        files |= {"plugin.txt": _text(requirement + "\n"), **brought}
        dockerfile += (HERE / "plugin.Dockerfile").read_text()
    files |= {"Dockerfile": _text(dockerfile), "layer.sh": tree.read(HERE / "layer.sh")["."]}
    target = folder / f"{name}-{extra}"
    tag = tree.digest(files, target.name)
    tree.write(files, target, tag)
    return Context(target, tag)


@cache
def _platform(root: Path, folder: Path) -> File:
    """Return the sources of the platform's wheel, written once below `folder` so that all contexts link to them."""
    packed = File(tree.archive(_sources(root)))
    shared = folder / ".platform"
    tree.write({SOURCES: packed}, shared, tree.digest({SOURCES: packed}))
    return replace(packed, origin=shared / SOURCES)


def _sources(root: Path) -> Tree:
    files: dict[str, File] = {}
    for source in PLATFORM_SOURCES:
        files |= {
            f"{source}/{path}" if path != "." else source: file for path, file in tree.read(root / source).items()
        }
    left_out = tuple(f"runtime/{part}/" for part in NOT_IN_IMAGES)
    return {path: file for path, file in files.items() if not path.startswith(left_out)}


def installed_pins() -> list[Pin]:
    """Return the locked packages that every container image has."""
    return lock.closure(lock.read(), lock.extra_requirements([COMMON]))


def service_pins(name: str, extra: str) -> list[Pin]:
    """Return the locked packages that only the container image of a distribution has."""
    own = (
        lock.extra_requirements([OWN[extra]]) if name == PLATFORM else lock.required(distribution(name).requires or ())
    )
    common = set(installed_pins())
    return [pin for pin in lock.closure(lock.read(), own) if pin not in common]


def _locks(name: str, extra: str) -> dict[str, File]:
    """Return the locked packages of each layer, and the constraints on a plugin's other packages."""
    pins = lock.read()
    files = {
        "platform.lock": _lines(pin.text for pin in installed_pins()),
        "service.lock": _lines(pin.text for pin in service_pins(name, extra)),
        "build.lock": _lines(pin.text for pin in lock.closure(pins, TOOLS)),
    }
    if name != PLATFORM:
        files["constraints.txt"] = _lines(pin.requirement for pin in pins)
    return files


def _lines(texts: Iterable[str]) -> File:
    return _text("".join(f"{text}\n" for text in texts))


def _text(content: str) -> File:
    return File(content.encode())


def _requirement(plugin: Distribution) -> tuple[str, dict[str, File]]:
    """Return the requirement that pip installs, and the files that it needs.

    It is the version from the index, the commit from version control, or the copy on this machine.
    """
    name = plugin.metadata["Name"]
    origin: dict[str, Any] = json.loads(plugin.read_text("direct_url.json") or "{}")  # PEP 610
    if "dir_info" in origin:
        files = tree.read(Path(unquote(urlsplit(str(origin["url"])).path)))
        return "/context/plugin", {f"plugin/{path}": file for path, file in files.items()}
    if "vcs_info" in origin:
        commit = origin["vcs_info"]["commit_id"]
        return f"{name} @ {origin['vcs_info']['vcs']}+{origin['url']}@{commit}{_fragment(origin)}", {}
    if "archive_info" in origin:
        place = urlsplit(str(origin["url"]))
        if place.scheme != "file":
            return f"{name} @ {origin['url']}{_fragment(origin)}", {}
        archive = Path(unquote(place.path))
        return f"/context/{archive.name}", {archive.name: tree.read(archive)["."]}
    return f"{name}=={plugin.version}", {}


def _fragment(origin: dict[str, Any]) -> str:
    """Return what pip needs besides an address: the folder of the project in it, and the hash of its content."""
    hashes: dict[str, str] = origin.get("archive_info", {}).get("hashes", {})
    parts = {"subdirectory": origin.get("subdirectory"), "sha256": hashes.get("sha256")}
    fragment = "&".join(f"{key}={value}" for key, value in parts.items() if value)
    return f"#{fragment}" if fragment else ""
