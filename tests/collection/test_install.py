"""The collection, installed as an operator installs it: that alone adds its algorithms, and nothing does so unasked."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.collection.declarations import COLLECTION, ENTRY_POINTS

pytestmark = pytest.mark.xdist_group("install")  # one installation, in one process

LIST = """if True:
    import json, sys
    from algorithms.registry import load_registry

    found = {name: [each.label, each.heavy_imports] for name, each in load_registry().items()}
    print(json.dumps([found, [name for name in ("numpy", "scipy", "skimage", "cv2") if name in sys.modules]]))
"""


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("installed")
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-index"]
    subprocess.run([*pip, "--no-deps", "--no-build-isolation", "--target", str(target), str(COLLECTION)], check=True)
    return target


def catalogue(path: str) -> tuple[dict[str, tuple[str, list[str]]], list[str]]:
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, [path, os.environ.get("PYTHONPATH")]))}
    run = subprocess.run([sys.executable, "-c", LIST], env=environment, capture_output=True, text=True, check=True)
    return json.loads(run.stdout)


def test_installing_it_adds_its_algorithms_and_loads_no_numeric_package(installed: Path) -> None:
    without, _ = catalogue("")
    with_it, loaded = catalogue(str(installed))
    assert not set(without) & set(ENTRY_POINTS)
    assert set(with_it) == {*without, *ENTRY_POINTS}
    assert {tuple(with_it[name][1]) for name in ENTRY_POINTS} == {()}
    assert {with_it[name][0] for name in ENTRY_POINTS} == {"imaging-collection 0.1.0"}
    assert loaded == []


def test_the_wheel_holds_its_own_package_alone(installed: Path) -> None:
    assert {path.name for path in installed.iterdir() if not path.name.endswith(".dist-info")} == {"imaging_collection"}
    assert (installed / "imaging_collection/py.typed").exists()
    sources = {str(path.relative_to(COLLECTION / "src")) for path in (COLLECTION / "src").rglob("*.py")}
    assert {str(path.relative_to(installed)) for path in (installed / "imaging_collection").rglob("*.py")} == sources
    metadata = next(installed.glob("*.dist-info/METADATA")).read_text()
    assert "License-Expression: Apache-2.0" in metadata
    assert "Requires-Dist: imaging-services" in metadata


def test_the_readme_lists_every_algorithm() -> None:
    readme = (COLLECTION / "README.md").read_text()
    assert [name for name in ENTRY_POINTS if f"| `{name}` |" not in readme] == []
