"""Writes the folder that a distribution's image is built from: the platform, and the plugin as it is installed here."""

import hashlib
import json
import os
import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from importlib.metadata import Distribution, distribution
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from runtime.containers import lock
from runtime.containers.lock import PLATFORM, ROOT, Pin

HERE = Path(__file__).parent
# What the platform's wheel is built from.
PLATFORM_SOURCES = ("pyproject.toml", "README.md", "LICENSE", "imaging", "algorithms", "runtime")
IGNORED = shutil.ignore_patterns("__pycache__", "*.pyc", ".*", "*.egg-info", "build", "dist", "node_modules")
# No service runs these, and a change to them must not build every image anew.
NOT_IN_IMAGES = ("local", "containers", "bundle")
# In every image; what else the platform's own service needs, by the image's extra; what builds its wheel.
COMMON, OWN, TOOLS = "worker", {"worker": "builtin", "pacs": "pacs"}, ("hatchling",)

EPOCH = 315619200  # the second day of 1980: archives hold no earlier date


@dataclass(frozen=True, slots=True)
class Context:
    """A folder to build an image from, and the tag that stands for exactly its content."""

    folder: Path
    tag: str


def build_context(name: str, extra: str, folder: Path) -> Context:
    """Write the context of the installed distribution `name` with the platform's `extra` below `folder`."""
    target = folder / f"{name}-{extra}"
    shutil.rmtree(target, ignore_errors=True)
    platform = target / "platform"
    platform.mkdir(parents=True)
    for source in PLATFORM_SOURCES:
        _copy(ROOT / source, platform / source)
    for part in NOT_IN_IMAGES:
        shutil.rmtree(platform / "runtime" / part)
    _write_locks(target, name, extra)
    dockerfile = (HERE / "Dockerfile").read_text()
    if name != PLATFORM:
        (target / "plugin.txt").write_text(_requirement(distribution(name), target) + "\n")
        dockerfile += (HERE / "plugin.Dockerfile").read_text()
    (target / "Dockerfile").write_text(dockerfile)
    _copy(HERE / "layer.sh", target / "layer.sh")
    _settle(target)
    return Context(target, _digest(target, f"{name}-{extra}"))


def installed_pins() -> list[Pin]:
    """Return the locked packages that every image has."""
    return lock.closure(lock.read(), lock.extra_requirements([COMMON]))


def service_pins(name: str, extra: str) -> list[Pin]:
    """Return the locked packages that the image of a distribution has besides."""
    own = (
        lock.extra_requirements([OWN[extra]]) if name == PLATFORM else lock.required(distribution(name).requires or ())
    )
    common = installed_pins()
    return [pin for pin in lock.closure(lock.read(), own) if pin not in common]


def _write_locks(target: Path, name: str, extra: str) -> None:
    """Write which locked packages each layer installs, and what a plugin's other packages must agree with."""
    pins = lock.read()
    (target / "platform.lock").write_text(_lines(pin.text for pin in installed_pins()))
    (target / "service.lock").write_text(_lines(pin.text for pin in service_pins(name, extra)))
    (target / "build.lock").write_text(_lines(pin.text for pin in lock.closure(pins, TOOLS)))
    if name != PLATFORM:
        (target / "constraints.txt").write_text(_lines(pin.requirement for pin in pins))


def _lines(texts: Iterable[str]) -> str:
    return "".join(f"{text}\n" for text in texts)


def _requirement(plugin: Distribution, target: Path) -> str:
    """Return what pip installs: the version from the index, the commit from version control, or the local folder."""
    name = plugin.metadata["Name"]
    origin: dict[str, Any] = json.loads(plugin.read_text("direct_url.json") or "{}")  # PEP 610
    if "dir_info" in origin:
        _copy(Path(unquote(urlsplit(str(origin["url"])).path)), target / "plugin")
        return "/context/plugin"
    if "vcs_info" in origin:
        commit = origin["vcs_info"]["commit_id"]
        return f"{name} @ {origin['vcs_info']['vcs']}+{origin['url']}@{commit}{_fragment(origin)}"
    if "archive_info" in origin:
        place = urlsplit(str(origin["url"]))
        if place.scheme != "file":
            return f"{name} @ {origin['url']}{_fragment(origin)}"
        archive = Path(unquote(place.path))
        _copy(archive, target / archive.name)
        return f"/context/{archive.name}"
    return f"{name}=={plugin.version}"


def _fragment(origin: dict[str, Any]) -> str:
    """Return what pip must know besides an address: where in it the project is, and which content was meant."""
    hashes: dict[str, str] = origin.get("archive_info", {}).get("hashes", {})
    wanted = {"subdirectory": origin.get("subdirectory"), "sha256": hashes.get("sha256")}
    said = "&".join(f"{key}={value}" for key, value in wanted.items() if value)
    return f"#{said}" if said else ""


def _copy(source: Path, target: Path) -> None:
    if source.is_dir():
        shutil.copytree(source, target, ignore=IGNORED)
    else:
        shutil.copy(source, target)


def _settle(folder: Path) -> None:
    """Give every file the same mode and date on any machine, whatever the umask: builders look at both."""
    for path in (folder, *folder.rglob("*")):
        path.chmod(0o755 if path.is_dir() or path.stat().st_mode & 0o100 else 0o644)
        os.utime(path, (EPOCH, EPOCH))


def _digest(folder: Path, name: str) -> str:
    """Return 16 hex digits over a name and the names, modes and contents of the files, whatever their dates."""
    digest = hashlib.sha256(f"{name}\0".encode())
    for path in sorted(each for each in folder.rglob("*") if each.is_file()):
        content, mode = path.read_bytes(), path.stat().st_mode & 0o777
        digest.update(f"{path.relative_to(folder).as_posix()}\0{mode:o}\0{len(content)}\0".encode())
        digest.update(content)
    return digest.hexdigest()[:16]
