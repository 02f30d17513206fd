"""Runs the Pulumi program on the embedded cloud: `python -m runtime.local.program.run STACK RESULT [CHANGES EARLIER]`.

It is a process of its own: Pulumi keeps a program's state in globals, so one process can run only one program. The
environment gives the cloud's address; the answer is written to the file RESULT, as JSON. EARLIER is a JSON file with
the fields of `Earlier`.
"""

import gc

# The process is short and keeps its half a million objects: collecting garbage would take a third of its time.
gc.disable()

# ruff: noqa: E402
import dataclasses
import json
import sys
import traceback
from pathlib import Path
from typing import Any

import pulumi

from algorithms.errors import RegistryError
from runtime.aws import boto3_client
from runtime.local.program.in_process import DeployedResource, ResourceError, run
from runtime.local.program.lasting import Earlier
from runtime.local.program.project import ROOT, configuration, project_name
from runtime.local.resources.table import Table, UnknownTypeError

# Errors whose message says all that a person needs.
PLAIN = (RegistryError, ResourceError, UnknownTypeError, pulumi.RunError, FileNotFoundError)


def main() -> int:
    """Run the program; return 0 if all its resources were created."""
    stack, result, *rest = sys.argv[1:]
    made: list[DeployedResource] = []
    try:
        changes: dict[str, Any] = json.loads(rest[0]) if rest else {}
        earlier = Earlier(**json.loads(Path(rest[1]).read_text())) if rest[1:] else None
        program, config = ROOT / "__main__.py", configuration(stack, changes)
        deployment = run(program, project_name(), stack, config, Table(boto3_client), earlier, made)
    except Exception as error:
        plain = isinstance(error, PLAIN)
        text = str(error) if plain else traceback.format_exc()
        answer = {"error": text, "resources": [dataclasses.asdict(each) for each in made]}
    else:
        answer = dataclasses.asdict(deployment)
    Path(result).write_text(json.dumps(answer, default=str))
    return 1 if "error" in answer else 0


if __name__ == "__main__":
    sys.exit(main())
