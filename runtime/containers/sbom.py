"""`python -m runtime.containers.sbom FOLDER`: writes what each container image, the zip and the page consist of.

Each has a CycloneDX document, and `licences.csv` has a line for each package in them.
"""

import csv
import json
import re
import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, metadata
from pathlib import Path
from typing import Any

from cyclonedx.contrib.license.factories import LicenseFactory
from cyclonedx.model import bom as bom_model
from cyclonedx.model import component as component_model
from cyclonedx.output.json import JsonV1Dot6
from packageurl import PackageURL
from packaging.requirements import Requirement

from algorithms.registry import load_registry
from runtime.containers import lock
from runtime.containers.context import HERE, installed_pins, service_pins

WEB = lock.ROOT / "clients" / "web"
# The environment for the markers in the lock: the container images' Python on Linux.
IMAGE = {
    "python_version": "3.13",
    "python_full_version": "3.13.15",
    "sys_platform": "linux",
    "platform_system": "Linux",
}
UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Package:
    """One package in one deliverable, with the licence that it declares."""

    name: str
    version: str
    licence: str
    ecosystem: str = "pypi"


def licence(name: str) -> str:
    """Return the licence that an installed package declares: an SPDX expression, or its own words."""
    try:
        fields: Any = metadata(name)
    except PackageNotFoundError:  # a package for another platform
        return UNKNOWN
    if expression := fields.get("License-Expression"):
        return expression
    classifiers = [
        each.rsplit(" :: ", 1)[-1] for each in fields.get_all("Classifier", []) if each.startswith("License ::")
    ]
    words = (fields.get("License") or "").strip().splitlines()
    return " AND ".join(sorted(classifiers)) or next(iter(words), UNKNOWN)


def image(distribution: str, extra: str) -> list[Package]:
    """Return the packages in a container image."""
    pins = {pin.name: pin for pin in (*installed_pins(), *service_pins(distribution, extra)) if _applies(pin)}
    locked = [_package(pin.name, pin.requirement.split(" ")[0].split("==")[1]) for pin in pins.values()]
    own = {lock.PLATFORM, distribution}
    mine = [_package(name, metadata(name)["Version"]) for name in own]
    return [base(), *sorted([*locked, *mine], key=lambda each: each.name)]


def base() -> Package:
    """Return the base image as a package; its publisher lists what is in it."""
    match = re.search(r"^FROM (python):(\S+)", (HERE / "Dockerfile").read_text(), re.MULTILINE)
    assert match is not None  # noqa: S101 - a Dockerfile begins with its base
    return Package(f"library/{match[1]}", match[2], "various: those of Debian and Python", "docker")


def _applies(pin: lock.Pin) -> bool:
    marker = Requirement(pin.requirement).marker
    return marker is None or marker.evaluate(dict(IMAGE))


def _package(name: str, version: str) -> Package:
    return Package(name, version, licence(name))


def page() -> list[Package]:
    """Return the packages in the page, as npm lists them from its lock."""
    command = ["npm", "sbom", "--sbom-format", "cyclonedx", "--omit", "dev", "--package-lock-only"]
    done = subprocess.run(command, cwd=WEB, capture_output=True, text=True, check=True)
    components: list[dict[str, Any]] = json.loads(done.stdout)["components"]
    return [Package(each["name"], each["version"], _npm_licence(each), "npm") for each in components]


def _npm_licence(component: dict[str, Any]) -> str:
    entries: list[dict[str, Any]] = component.get("licenses", [])
    named = [each.get("expression") or each["license"].get("id") or each["license"]["name"] for each in entries]
    return " AND ".join(named) or UNKNOWN


def document(name: str, packages: Iterable[Package]) -> str:
    """Return the CycloneDX document of one deliverable."""
    # The library's decorators hide the types of its classes.
    models: Any = bom_model
    components: Any = component_model
    licences = LicenseFactory()
    bom = models.Bom()
    whole = components.Component(name=name, type=components.ComponentType.APPLICATION)
    bom.metadata.component = whole
    for each in packages:
        group, _, plain = each.name.rpartition("/")
        component = components.Component(
            name=each.name,
            version=each.version,
            type=components.ComponentType.LIBRARY,
            purl=PackageURL(each.ecosystem, group or None, plain, each.version),
            licenses=[licences.make_from_string(each.licence)],
        )
        bom.components.add(component)
        bom.register_dependency(whole, [component])
    return JsonV1Dot6(bom).output_as_string(indent=2)


def deliverables() -> Iterator[tuple[str, list[Package]]]:
    """Yield each deliverable's name and packages."""
    for name in load_registry().distributions:
        yield f"{lock.normalised(name)}-worker", image(name, "worker")
    yield f"{lock.PLATFORM}-pacs", image(lock.PLATFORM, "pacs")
    # The handlers are plain Python of this distribution; boto3 is Lambda's own.
    yield "functions", [_package(lock.PLATFORM, metadata(lock.PLATFORM)["Version"])]
    if shutil.which("npm"):
        yield "page", page()
    else:
        sys.stderr.write("The page is left out: install npm, which lists its packages.\n")


def write(folder: Path) -> None:
    """Write all documents and the list of licences."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "licences.csv").open("w", newline="") as file:
        table = csv.writer(file)
        table.writerow(["in", "package", "version", "licence"])
        for name, packages in deliverables():
            (folder / f"{name}.cdx.json").write_text(document(name, packages))
            table.writerows([name, each.name, each.version, each.licence] for each in packages)
            sys.stdout.write(f"{folder / name}.cdx.json: {len(packages)} packages\n")


if __name__ == "__main__":
    write(Path(sys.argv[1]))
