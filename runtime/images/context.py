"""Writes the folder that a distribution's image is built from: the platform, and the plugin as it is installed here."""

import hashlib
import json
import shutil
from dataclasses import dataclass
from importlib.metadata import Distribution, distribution
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

PLATFORM = "imaging-services"
ROOT = Path(__file__).resolve().parents[2]
# What the platform's wheel is built from.
PLATFORM_SOURCES = ("pyproject.toml", "README.md", "LICENSE", "algorithms", "runtime")
IGNORED = shutil.ignore_patterns("__pycache__", "*.pyc", ".*", "*.egg-info", "build", "dist", "node_modules")
# No service runs these, and a change to them must not build every image anew.
NOT_IN_IMAGES = ("local", "images", "bundle")


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
    (target / "platform.txt").write_text(f"/context/platform[{extra}]\n")
    plugin = "" if name == PLATFORM else _requirement(distribution(name), target) + "\n"
    (target / "plugin.txt").write_text(plugin)
    shutil.copyfile(Path(__file__).with_name("Dockerfile"), target / "Dockerfile")
    return Context(target, _digest(target))


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
        shutil.copyfile(source, target)


def _digest(folder: Path) -> str:
    """Return 16 hex digits over the names and contents of the files, whatever their dates."""
    digest = hashlib.sha256()
    for path in sorted(each for each in folder.rglob("*") if each.is_file()):
        content = path.read_bytes()
        digest.update(f"{path.relative_to(folder).as_posix()}\0{len(content)}\0".encode())
        digest.update(content)
    return digest.hexdigest()[:16]
