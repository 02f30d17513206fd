"""Runs the whole program without a cloud: `python -m bench.instruments.dry RESULT`.

It creates nothing and calls no service.

The engine, the components and the stand-ins for awsx are those of the embedded cloud; only what stands behind a
resource is not there: each is answered with what it was asked for, and with an ARN and an address made up from its
name. A process of its own for each run, with whatever is installed on its path.
"""

import gc

# As the deployer has it: a short life, and all that is made stays.
gc.disable()

# ruff: noqa: E402
import dataclasses
import json
import sys
import time
from pathlib import Path
from typing import Any

from algorithms.registry import load_registry
from runtime.local.program.in_process import run
from runtime.local.program.project import ROOT, configuration, project_name
from runtime.local.resources.base import Handler, Properties
from runtime.local.resources.table import HANDLERS, Table, UnknownTypeError

ACCOUNT, REGION = "111122223333", "eu-south-1"
ANSWERS: dict[str, Properties] = {
    "aws:index/getRegion:getRegion": {"region": REGION, "name": REGION},
    "aws:index/getPartition:getPartition": {"partition": "aws"},
    "aws:index/getCallerIdentity:getCallerIdentity": {"accountId": ACCOUNT},
    "aws:index/getAvailabilityZones:getAvailabilityZones": {
        "names": [f"{REGION}{zone}" for zone in "abc"],
        "zoneIds": [f"eus1-az{number}" for number in (1, 2, 3)],
    },
    "aws:ec2/getSubnet:getSubnet": {"id": "subnet-0", "vpcId": "vpc-0"},
}
# What the program and the stand-ins read of resources besides what they gave.
ADDRESSES = (
    "apiEndpoint",
    "arnSuffix",
    "bucket",
    "digest",
    "dnsName",
    "executionArn",
    "invokeArn",
    "repositoryUrl",
    "url",
)


class OfflineHandler(Handler):
    """Says that it was done."""

    def __init__(self, token: str) -> None:
        real = HANDLERS[token]
        self._kind, self._real = token.rsplit(":", 1)[-1], real(lambda service: None)

    def check(self, logical: str, inputs: Properties, old: Any, seed: bytes = b"") -> Properties:
        """Fill in defaults and the name as the real one does."""
        return self._real.check(logical, inputs, old, logical.encode())

    def create(self, inputs: Properties) -> tuple[str, Properties]:
        """Answer with what was asked for."""
        name = str(inputs.get("name", self._kind))
        address = f"aws:{self._kind}:{REGION}:{ACCOUNT}:{name}"
        return name, {"arn": f"arn:{address}", "name": name, **dict.fromkeys(ADDRESSES, address), **inputs}

    def read(self, identity: str, state: Properties) -> Properties:
        """Answer as if it were there."""
        return {"id": identity, "arn": f"arn:aws:s3:::{identity}", "bucket": identity}


class Paper(Table):
    """The table of resource types without a cloud behind it; a type that it does not know is an error here, too."""

    def __init__(self) -> None:
        super().__init__(lambda service: None)

    def handler(self, token: str) -> Handler:
        """Return what answers for the type."""
        if token not in HANDLERS:
            raise UnknownTypeError(token)
        return OfflineHandler(token)

    def invoke(self, token: str, arguments: Properties) -> Properties:
        """Answer a function of the provider."""
        return ANSWERS[token]


def main() -> None:
    """Load the registry, run the program, write how many milliseconds both took and what was made."""
    start = time.perf_counter()
    registry = load_registry()
    registry_ms = (time.perf_counter() - start) * 1000
    import pulumi_aws  # noqa: F401 - the same for any number of algorithms, so it is not on the clock
    import pulumi_awsx  # noqa: F401

    start = time.perf_counter()
    program = run(ROOT / "__main__.py", project_name(), "dev", configuration("dev"), Paper())
    answer = {
        "algorithms": len(registry),
        "registry_ms": registry_ms,
        "program_ms": (time.perf_counter() - start) * 1000,
        "resources": [dataclasses.asdict(resource) for resource in program.resources],
    }
    Path(sys.argv[1]).write_text(json.dumps(answer, default=str))


if __name__ == "__main__":
    main()
