"""A stand-in refuses what awsx refuses, and names what it does not support."""

import json
import subprocess
import sys

import pytest

from runtime.local.awsx import COMPONENTS
from runtime.local.awsx.arguments import arguments
from runtime.local.awsx.fargate_task import FargateTaskDefinition
from runtime.local.program.project import ROOT
from tests.runtime.local.awsx.refusals import CASES

pytestmark = pytest.mark.xdist_group("awsx")  # one program, in one process

CLASSES = [*COMPONENTS.values(), FargateTaskDefinition]


@pytest.fixture(scope="module")
def raised() -> dict[str, str]:
    command = [sys.executable, "-m", "tests.runtime.local.awsx.refusals"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.mark.parametrize("case", CASES)
def test_a_refusal(raised: dict[str, str], case: str) -> None:
    assert CASES[case][2] in raised[case]


@pytest.mark.parametrize("component", CLASSES, ids=lambda component: component.kind)
def test_only_what_the_real_component_knows_is_supported(component: type) -> None:
    real = arguments(component.kind)
    assert set(component.supports) <= real
    assert set(component.plain) <= set(component.supports)
    assert {name for names in component.exclude for name in names} <= real
