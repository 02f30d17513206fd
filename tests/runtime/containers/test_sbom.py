"""The packages of the container images and of the page are listed completely, with licences."""

import json

import pytest

from runtime.containers import PLATFORM, lock, sbom
from runtime.containers.context import installed_pins
from runtime.containers.packages import UNKNOWN, Package, image


@pytest.mark.parametrize("extra", ["worker", "pacs"])
def test_an_image_is_listed_with_its_base_and_a_licence_for_each_package(extra: str) -> None:
    packages = image(PLATFORM, extra)
    assert packages[0].name == "library/python" and "@sha256:" in packages[0].version
    names = [each.name for each in packages]
    assert len(names) == len(set(names)), "one version of each, the one for the images' Python"
    assert {pin.name for pin in installed_pins()} | {PLATFORM} <= set(names)
    assert [each.name for each in packages if each.licence == UNKNOWN] == []
    assert [each for each in packages if "GPL" in each.licence] == []


def test_the_version_is_the_one_for_the_images_python() -> None:
    (scipy,) = [each for each in image(PLATFORM, "worker") if each.name == "scipy"]
    wanted = [pin.requirement for pin in lock.read() if pin.name == "scipy" and ">= '3.12'" in pin.requirement]
    assert wanted[0].startswith(f"scipy=={scipy.version} ")


def test_the_document_names_each_package_as_its_registry_does() -> None:
    packages = [Package("numpy", "2.0", "BSD-3-Clause"), Package("@scope/thing", "1.0", "MIT", "npm")]
    answer = json.loads(sbom.document("page", packages))
    assert (answer["bomFormat"], answer["metadata"]["component"]["name"]) == ("CycloneDX", "page")
    assert {each["purl"] for each in answer["components"]} == {"pkg:npm/%40scope/thing@1.0", "pkg:pypi/numpy@2.0"}
    assert {"license": {"id": "MIT"}} in [each["licenses"][0] for each in answer["components"]]
