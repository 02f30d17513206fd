"""What decodes and computes passes its tests on the images' Python, with the versions that the lock has for it."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from runtime.containers import lock
from runtime.local.program.project import ROOT
from tests.images.root import Root
from tests.images.store import Store

PROJECT = "opt/project"


@pytest.fixture(scope="module")
def root(store: Store, tmp_path_factory: pytest.TempPathFactory) -> Root:
    """The files of the built-in algorithms' image, with the tests and what runs them beside."""
    made = Root(store.mount("imaging-services-worker"), store.config("imaging-services-worker"))
    project = made.folder / PROJECT
    for name in ("imaging", "algorithms", "runtime", "bench", "tests"):
        shutil.copytree(ROOT / name, project / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", project)
    pins = lock.closure(lock.read(), {"pytest", "pytest-timeout", "hypothesis"})
    requirements = tmp_path_factory.mktemp("tools") / "tools.lock"
    requirements.write_text("".join(f"{pin.text}\n" for pin in pins))
    install(requirements, project / "tools")
    return made


def install(requirements: Path, target: Path) -> None:
    """Install locked packages for the images' Python."""
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-deps"]
    kind = ["--python-version", "3.13", "--only-binary", ":all:", "--target", str(target)]
    subprocess.run([*pip, *kind, "--require-hashes", "-r", str(requirements)], check=True)


# A folder below which no conftest starts a cloud, which is not in the images.
@pytest.mark.parametrize(("tests", "alone"), [("algorithms/builtin", "algorithms"), ("runtime/dicom", "runtime")])
def test_the_tests_pass(root: Root, tests: str, alone: str) -> None:
    command = f"cd /{PROJECT} && PYTHONPATH=tools:. python -m pytest --confcutdir=tests/{alone} tests/{tests}"
    assert " passed" in root.run("sh", "-c", command)
