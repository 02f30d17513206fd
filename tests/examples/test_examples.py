"""The example plugins with ports, a map and a model: their own tests and the rules pass, and their wheels are whole."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

EXAMPLES = Path(__file__).parents[2] / "examples"
MODULES = {
    "vessel-filter": "src/vessel_filter.py",
    "registration": "src/registration.py",
    "tissue-segmentation": "src/tissue_segmentation/__init__.py",
}
LONGEST = 60  # lines
CATALOGUE = """if True:
    import json
    from algorithms.registry import load_registry
    from runtime.contracts.documents.catalogue import catalogue

    registry = load_registry()
    for each in registry.values():
        for weights in each.algorithm.weights:
            weights.check()
    heavy = {name: each.heavy_imports for name, each in registry.items()}
    print(json.dumps([heavy, catalogue(registry)["algorithms"]]))
"""


@pytest.mark.parametrize("name", MODULES)
@pytest.mark.timeout(300)
def test_its_own_tests_and_the_rules_pass(name: str) -> None:
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider"]
    run = subprocess.run(command, cwd=EXAMPLES / name, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout + run.stderr
    assert "skipped" not in run.stdout


@pytest.mark.parametrize("name", MODULES)
def test_it_is_short_and_imports_only_the_public_face(name: str) -> None:
    lines = (EXAMPLES / name / MODULES[name]).read_text().splitlines()
    assert len(lines) <= LONGEST
    assert not [each for each in lines if each.startswith(("from algorithms", "from runtime", "import runtime"))]


def test_installing_them_is_all_there_is_to_do(tmp_path: Path) -> None:
    options = ["--quiet", "--no-deps", "--no-index", "--no-build-isolation", "--disable-pip-version-check"]
    folders = [str(EXAMPLES / name) for name in MODULES]
    subprocess.run([sys.executable, "-m", "pip", "install", *options, "--target", str(tmp_path), *folders], check=True)
    path = os.pathsep.join([str(tmp_path), os.environ.get("PYTHONPATH", "")])
    environment = {**os.environ, "PYTHONPATH": path}
    run = subprocess.run([sys.executable, "-c", CATALOGUE], env=environment, capture_output=True, text=True, check=True)
    heavy, entries = json.loads(run.stdout)
    listed = {each["name"]: each for each in entries}
    for name in ("vessel_filter", "registration", "tissue_segmentation"):
        assert heavy[name] == []
    assert [each["name"] for each in listed["registration"]["inputs"]] == ["moving"]
    assert [each["type"] for each in listed["registration"]["outputs"]] == ["transform", "image"]
    (weights,) = listed["tissue_segmentation"]["weights"]
    assert (weights["file"], weights["licence"]) == ("tissue.json", "CC0-1.0")
    labels = listed["tissue_segmentation"]["outputs"][0]["labels"]
    assert [each["name"] for each in labels] == ["dark tissue", "soft tissue", "fat"]
