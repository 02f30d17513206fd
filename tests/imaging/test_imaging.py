"""The public face, and what the distribution puts beside it."""

import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

import imaging

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    """The names of the files in the distribution's wheel."""
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run([sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", folder], cwd=ROOT, check=True)
    (built,) = folder.glob("*.whl")
    return set(zipfile.ZipFile(built).namelist())


def test_the_wheel_holds_one_public_package_and_what_it_and_the_services_run_on(wheel: set[str]) -> None:
    top = {name.split("/")[0] for name in wheel}
    assert {name for name in top if not name.endswith(".dist-info")} == {"imaging", "algorithms", "runtime", "clients"}
    assert not [name for name in wheel if name.startswith("clients/web/")], "the page is built from a checkout"


def test_every_package_in_it_is_marked_as_typed(wheel: set[str]) -> None:
    for package in ("imaging", "algorithms", "runtime", "clients"):
        assert f"{package}/py.typed" in wheel


def test_the_guide_for_plugin_authors_names_everything_that_is_public() -> None:
    guide = (ROOT / "docs/plugins.md").read_text()
    for name in imaging.__all__:
        assert re.search(rf"\b{name}\b", guide), name


def test_everything_public_has_a_docstring() -> None:
    for name in imaging.__all__:
        if name != "hookimpl":  # a marker of pluggy's
            assert getattr(imaging, name).__doc__, name
