"""The workflows: what their linters say, and what holds for each of them."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from runtime.local.program.project import ROOT
from tests.go_tool import NoToolError
from tests.workflows.actionlint import actionlint

WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
every = pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)


def jobs(path: Path) -> dict[str, dict[str, Any]]:
    return yaml.safe_load(path.read_text())["jobs"]


@pytest.fixture(scope="module")
def linter() -> Path:
    """actionlint; without it and without Go these tests are skipped, though never in CI."""
    try:
        return actionlint()
    except NoToolError as error:
        if os.environ.get("CI"):
            raise
        pytest.skip(str(error))


def test_actionlint_has_nothing_to_say(linter: Path) -> None:
    done = subprocess.run([linter, *WORKFLOWS], cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "")


def test_actionlint_sees_a_runner_that_does_not_exist(linter: Path, tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.yml"
    wrong.write_text(WORKFLOWS[0].read_text().replace("ubuntu-24.04", "ubuntu-24.4"))
    done = subprocess.run([linter, wrong], capture_output=True, text=True, check=False)
    assert 'label "ubuntu-24.4" is unknown' in done.stdout


def test_zizmor_has_nothing_to_say() -> None:
    zizmor = shutil.which("zizmor", path=f"{Path(sys.executable).parent}")
    assert zizmor
    done = subprocess.run([zizmor, "--offline", ROOT / ".github"], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


@every
def test_each_action_and_image_is_pinned_and_says_its_version(path: Path) -> None:
    for line in path.read_text().splitlines():
        if "uses:" in line:
            assert re.search(r"uses: [\w-]+/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$", line), line
        if " image:" in line:
            assert re.search(r"@sha256:[0-9a-f]{64}$", line), line


@every
def test_no_job_has_a_right_that_it_does_not_name_or_lasts_for_ever(path: Path) -> None:
    assert yaml.safe_load(path.read_text())["permissions"] in ({}, {"contents": "read"})
    for job in jobs(path).values():
        assert job["timeout-minutes"] <= 90


def test_only_the_deployment_has_the_role_that_changes_and_a_gate_before_it() -> None:
    with_role = {path.stem for path in WORKFLOWS if "AWS_DEPLOY_ROLE_ARN" in path.read_text()}
    assert with_role == {"deploy"}
    (job,) = jobs(ROOT / ".github/workflows/deploy.yml").values()
    assert job["environment"] == "${{ inputs.stack }}"
    assert job["if"] == "github.ref == 'refs/heads/main'"


def test_every_workflow_installs_the_cli_of_the_sdk() -> None:
    locked = re.search(r"^pulumi==(\S+)", (ROOT / "requirements.lock").read_text(), re.MULTILINE)
    assert locked
    for path in WORKFLOWS:
        assert set(re.findall(r"pulumi-version: (\S+)", path.read_text())) <= {locked[1]}
