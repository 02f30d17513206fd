"""`python -m runtime.containers.sbom FOLDER`: writes what each container image, the zip and the page consist of.

Each has a CycloneDX document, and `licences.csv` has a line for each package in them.
"""

import csv
import shutil
import sys
from collections.abc import Iterable, Iterator
from importlib.metadata import metadata
from pathlib import Path
from typing import Any

from cyclonedx.contrib.license.factories import LicenseFactory
from cyclonedx.model import bom as bom_model
from cyclonedx.model import component as component_model
from cyclonedx.output.json import JsonV1Dot6
from packageurl import PackageURL

from algorithms.registry import load_registry
from runtime.containers import lock
from runtime.containers.packages import Package, image, package, page


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
    yield "functions", [package(lock.PLATFORM, metadata(lock.PLATFORM)["Version"])]
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
