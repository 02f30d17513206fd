"""The example plugin, installed as a user installs it: that alone makes it an algorithm."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

EXAMPLE = Path(__file__).parents[2] / "examples" / "processing-1"
CATALOGUE = """if True:
    import json
    from algorithms.registry import load_registry

    registry = load_registry()
    print(json.dumps({name: [registry[name].label, registry[name].heavy_imports, registry[name].schema]
        for name in registry}))
"""


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("installed")
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-index"]
    subprocess.run([*pip, "--no-deps", "--no-build-isolation", "--target", str(target), str(EXAMPLE)], check=True)
    return target


def catalogue(path: str = "") -> dict[str, Any]:
    environment = {**os.environ, "PYTHONPATH": path}
    run = subprocess.run([sys.executable, "-c", CATALOGUE], env=environment, capture_output=True, text=True, check=True)
    return json.loads(run.stdout)


def test_installing_it_is_all_there_is_to_do(installed: Path) -> None:
    without, with_it = catalogue(), catalogue(str(installed))
    assert "processing_1" not in without
    assert set(with_it) == {*without, "processing_1"}
    label, heavy, schema = with_it["processing_1"]
    assert label == "processing-1 0.1.0"
    assert heavy == []
    assert schema["properties"]["radius"]["unit"] == "mm"


def test_its_own_tests_and_examples_pass_where_it_is_installed(installed: Path) -> None:
    environment = {**os.environ, "PYTHONPATH": str(installed)}
    pytest_ = [sys.executable, "-m", "pytest", "--doctest-modules"]
    run = subprocess.run(
        [*pytest_, str(EXAMPLE / "tests"), str(installed / "processing_1.py")],
        env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert run.returncode == 0, run.stdout
    assert "7 passed" in run.stdout


def test_it_ships_what_a_distribution_needs(installed: Path) -> None:
    assert sorted(path.name for path in installed.glob("*.py")) == ["processing_1.py"]
    metadata = next(installed.glob("*.dist-info/METADATA")).read_text()
    assert "License-Expression: Apache-2.0" in metadata
    assert "Requires-Dist: imaging-services" in metadata


def test_it_imports_only_the_public_face() -> None:
    source = (EXAMPLE / "src" / "processing_1.py").read_text()
    ours = {line for line in source.splitlines() if line.startswith(("from algorithms", "from imaging"))}
    assert {line.split()[1] for line in ours} == {"imaging"}
