"""A run of the program: its resources and outputs, and the configuration of a stack like production."""

import json
from collections.abc import Callable, Mapping
from typing import Any

from runtime.local.emulator.emulator import Emulator
from runtime.local.program.monitor import DeployedResource

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
    "uploads": True,
    "patientColumns": True,
    "cpuArchitecture": "X86_64",
}


class Stack:
    """Everything that a run of the program made."""

    def __init__(self, resources: list[dict[str, Any]], outputs: dict[str, Any], emulator: Emulator) -> None:
        self.all = [DeployedResource(**each) for each in resources]
        self.outputs = outputs
        self.emulator = emulator

    def of(self, kind: str) -> list[DeployedResource]:
        """Return the resources of a type, by its last word."""
        return [each for each in self.all if each.type.rsplit(":", 1)[-1] == kind]

    def one(self, kind: str, name: str) -> DeployedResource:
        """Return the only resource of that type and logical name."""
        (found,) = [each for each in self.of(kind) if each.name == name]
        return found

    def statements(self, name: str) -> list[dict[str, Any]]:
        """Return the statements of the role policy with that logical name."""
        return json.loads(self.one("RolePolicy", name).inputs["policy"])["Statement"]


Deploy = Callable[[Mapping[str, Any]], dict[str, Any]]
