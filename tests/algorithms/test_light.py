"""Declaring stays light: whoever lists algorithms loads no numeric package, and the base install needs no cloud."""

import json
import subprocess
import sys

import pytest

NUMERIC = ["numpy", "scipy", "skimage", "SimpleITK", "cv2"]
CLOUD = ["boto3", "botocore", "pulumi"]


def loaded_after(statement: str) -> set[str]:
    program = f"{statement}\nimport json, sys\nprint(json.dumps(list(sys.modules)))"
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    return set(json.loads(run.stdout))


def test_loading_the_registry_loads_nothing_numeric_and_nothing_of_the_cloud() -> None:
    modules = loaded_after("from algorithms.registry import load_registry\nassert len(load_registry()) >= 3")
    assert "algorithms.builtin.gaussian" in modules
    assert not modules.intersection(NUMERIC + CLOUD)


def test_the_public_face_does_not_even_load_the_schema_library() -> None:
    modules = loaded_after("import imaging")
    assert not modules.intersection([*NUMERIC, *CLOUD, "pydantic"])


@pytest.mark.parametrize("package", NUMERIC)
def test_the_check_sees_a_numeric_package(package: str) -> None:
    assert package in loaded_after(f"import {package}")
