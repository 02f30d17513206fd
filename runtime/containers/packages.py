"""The packages that a container image and the page consist of, with the licence that each declares."""

import json
import re
import subprocess
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, metadata
from typing import Any

from packaging.requirements import Requirement

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
    locked = [package(pin.name, pin.requirement.split(" ")[0].split("==")[1]) for pin in pins.values()]
    own = {lock.PLATFORM, distribution}
    mine = [package(name, metadata(name)["Version"]) for name in own]
    return [base(), *sorted([*locked, *mine], key=lambda each: each.name)]


def base() -> Package:
    """Return the base image as a package; its publisher lists what is in it."""
    match = re.search(r"^FROM (python):(\S+)", (HERE / "Dockerfile").read_text(), re.MULTILINE)
    assert match is not None  # noqa: S101 - a Dockerfile begins with its base
    return Package(f"library/{match[1]}", match[2], "various: those of Debian and Python", "docker")


def _applies(pin: lock.Pin) -> bool:
    marker = Requirement(pin.requirement).marker
    return marker is None or marker.evaluate(dict(IMAGE))


def package(name: str, version: str) -> Package:
    """Return an installed package with its licence."""
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
