"""Clients that three generators make of the OpenAPI document: they compile, have the types, submit each job."""

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest

from runtime.local.samples import mr_brain
from tests.system.running import environment, install, up

pytestmark = [pytest.mark.xdist_group("generated"), pytest.mark.timeout(300)]  # one system, in one process

GENERATED = Path(__file__).parent / "generated"
TOOLS = GENERATED / "node_modules"
JOBS = ("gaussian", "processing_1", "registration", "tissue_segmentation", "vessel_filter")
# The tool would call ruff over what it wrote.
PYTHON_CLIENT = "package_name_override: image_processing\npost_hooks: []\n"
PYRIGHT = {"strict": ["submit.py"], "reportUnnecessaryTypeIgnoreComment": True, "reportPrivateImportUsage": False}
TYPESCRIPT = ["--strict", "--target", "es2022", "--module", "esnext", "--moduleResolution", "bundler"]
LIBRARIES = ["--types", "node", "--lib", "es2022,dom", "--skipLibCheck"]
NO_TOOLS = "needs Node, and its tools in tests/system/generated: make generators"


@dataclass(frozen=True)
class Served:
    """A running system with the built-in algorithms and the examples, and its OpenAPI document."""

    address: str
    document: Path


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder, installed = tmp_path_factory.mktemp("up"), tmp_path_factory.mktemp("installed")
    install(installed)
    with up(folder, environment(installed)) as addresses:
        document = folder / "openapi.json"
        document.write_bytes(httpx.get(f"{addresses['API_BASE']}/openapi.json", timeout=40).content)
        yield Served(addresses["API_BASE"], document)


def run(folder: Path, *command: str | Path) -> str:
    """Run a command that must succeed, and return what it printed."""
    done = subprocess.run(command, cwd=folder, env=environment(), capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_openapi_python_client_makes_a_typed_client_that_submits_each_job(served: Served, tmp_path: Path) -> None:
    (tmp_path / "client.yml").write_text(PYTHON_CLIENT)
    (tmp_path / "pyrightconfig.json").write_text(json.dumps(PYRIGHT))
    shutil.copy(GENERATED / "submit.py", tmp_path)
    generate = ["generate", "--path", served.document, "--config", "client.yml", "--fail-on-warning", "--meta", "none"]
    python = sys.executable
    run(tmp_path, python, "-m", "openapi_python_client", *generate, "--output-path", "image_processing")
    run(tmp_path, python, "-m", "pyright", "--pythonpath", python, ".")
    image = mr_brain()[0]
    said = run(tmp_path, python, "submit.py", served.address, image.study_id, image.series_id)
    assert said.splitlines() == [f"{name} succeeded with outputs" for name in JOBS]


@pytest.mark.skipif(not (shutil.which("node") and TOOLS.is_dir()), reason=NO_TOOLS)
def test_orval_and_openapi_typescript_make_typed_clients_that_submit_each_job(served: Served, tmp_path: Path) -> None:
    run(GENERATED, "node", "generate.mjs", served.document, served.address, tmp_path)
    shutil.copy(GENERATED / "submit.ts", tmp_path)
    (tmp_path / "package.json").write_text('{"type": "module"}')
    (tmp_path / "node_modules").symlink_to(TOOLS)
    run(tmp_path, "node", "node_modules/typescript/bin/tsc", *TYPESCRIPT, *LIBRARIES, "submit.ts")
    image = mr_brain()[0]
    said = run(tmp_path, "node", "submit.js", served.address, image.study_id, image.series_id)
    wanted = [f"{tool} {name} succeeded with outputs" for tool in ("orval", "openapi-typescript") for name in JOBS]
    assert said.splitlines() == wanted
