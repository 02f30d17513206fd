"""What `pulumi install` installs: the program and what it needs, in the versions that are tested."""

import re
import tomllib

import yaml

from runtime.local.program.project import ROOT

PIN = re.compile(r"^([A-Za-z0-9._-]+)==([^\s;]+)", re.MULTILINE)
INSTALLED = (ROOT / "requirements.txt").read_text()


def test_pulumi_installs_them_with_pip() -> None:
    options = yaml.safe_load((ROOT / "Pulumi.yaml").read_text())["runtime"]["options"]
    assert options == {"toolchain": "pip", "virtualenv": ".venv"}
    assert "-e ." in INSTALLED.splitlines()


def test_it_is_all_that_the_program_needs() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    needed = {
        re.split(r"[<>=\[]", each)[0]
        for each in [*project["dependencies"], *project["optional-dependencies"]["deploy"]]
    }
    assert needed <= {name for name, _ in PIN.findall(INSTALLED)}


def test_versions_are_those_of_the_lock() -> None:
    locked = set(PIN.findall((ROOT / "requirements.lock").read_text()))
    assert set(PIN.findall(INSTALLED)) <= locked, "run: make lock"
