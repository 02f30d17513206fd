"""The program's resources, as made on an embedded cloud: of the dev stack, and of one that is set up for production."""

import asyncio
import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from runtime.local.cloud import LocalCloud
from runtime.local.emulator.emulator import Emulator
from runtime.local.program.project import ROOT
from tests.components.stack import PRODUCTION, Deploy, Stack


@pytest.fixture(autouse=True)
def loop() -> None:
    """A current event loop, which Pulumi's outputs need, and which a test that ran one of its own has taken away."""
    try:
        asyncio.get_event_loop_policy().get_event_loop()
    except RuntimeError:
        asyncio.set_event_loop(asyncio.new_event_loop())


@pytest.fixture(scope="session")
def program(cloud: Emulator, tmp_path_factory: pytest.TempPathFactory) -> Deploy:
    """Run the program on the shared emulator with changed configuration; return what the run told."""

    def run(changes: Mapping[str, Any]) -> dict[str, Any]:
        folder: Path = tmp_path_factory.mktemp("program")
        answer = folder / "answer.json"
        subprocess.run(
            [sys.executable, "-m", "runtime.local.program.run", "dev", str(answer), json.dumps(dict(changes))],
            env={**os.environ, **cloud.environment, "PYTHONPATH": str(ROOT)},
            cwd=folder,
            timeout=120,
            check=False,
        )
        return json.loads(answer.read_text())

    return run


@pytest.fixture(scope="session")
def dev(deployed: LocalCloud) -> Stack:
    """The dev stack."""
    return Stack(deployed.resources, deployed.outputs, deployed.emulator)


@pytest.fixture(scope="session")
def production(cloud: Emulator, program: Deploy) -> Iterator[Stack]:
    """A stack as one would set it up for production."""
    place = {"LocationConstraint": "eu-south-1"}
    cloud.boto3_client("s3").create_bucket(Bucket=PRODUCTION["pacsBucket"], CreateBucketConfiguration=place)
    told = program(PRODUCTION)
    assert "error" not in told, told["error"]
    yield Stack(told["resources"], told["outputs"], cloud)
