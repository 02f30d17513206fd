"""The program's resources, as made on an embedded cloud: of the dev stack, and of one that is set up for production."""

import asyncio
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from runtime.local.cloud import LocalCloud
from runtime.local.emulator.emulator import Emulator
from runtime.local.program.project import ROOT

PRODUCTION = {
    "pacsBucket": "prod-pacs",
    "nat": "one-per-az",
    "availabilityZones": 3,
    "resultShards": 3,
    "outputExpiryDays": 90,
    "logRetentionDays": 365,
    "pointInTimeRecovery": True,
    "protectData": True,
    "corsOrigins": ["https://viewer.example.org"],
    "pacsApiTasks": 3,
    "pacsApiInternal": True,
    "pacsApiAllowedCidrs": ["10.20.0.0/16", "10.30.0.0/16"],
    "pacsApiDomainName": "pacs.example.org",
    "pacsApiCertificateArn": "arn:aws:acm:eu-south-1:000000000000:certificate/a",
    "pacsApiAllowHttp": False,
    "cpuArchitecture": "X86_64",
}


@dataclass(frozen=True)
class Resource:
    """One resource as the program made it."""

    urn: str
    parent: str
    type: str
    name: str
    id: str
    inputs: dict[str, Any]
    outputs: dict[str, Any]


class Stack:
    """Everything that a run of the program made."""

    def __init__(self, resources: list[dict[str, Any]], outputs: dict[str, Any], emulator: Emulator) -> None:
        self.all = [Resource(**each) for each in resources]
        self.outputs = outputs
        self.emulator = emulator

    def of(self, kind: str) -> list[Resource]:
        """Return the resources of a type, by its last word."""
        return [each for each in self.all if each.type.rsplit(":", 1)[-1] == kind]

    def one(self, kind: str, name: str) -> Resource:
        """Return the only resource of that type and logical name."""
        (found,) = [each for each in self.of(kind) if each.name == name]
        return found

    def statements(self, name: str) -> list[dict[str, Any]]:
        """Return the statements of the role policy with that logical name."""
        return json.loads(self.one("RolePolicy", name).inputs["policy"])["Statement"]


@pytest.fixture(autouse=True)
def loop() -> None:
    """A current event loop, which Pulumi's outputs need, and which a test that ran one of its own has taken away."""
    try:
        asyncio.get_event_loop_policy().get_event_loop()
    except RuntimeError:
        asyncio.set_event_loop(asyncio.new_event_loop())


Deploy = Callable[[Mapping[str, Any]], dict[str, Any]]


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
