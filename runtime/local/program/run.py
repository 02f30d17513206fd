"""Runs the Pulumi program on the embedded cloud: `python -m runtime.local.program.run STACK RESULT [CHANGES]`.

A process of its own: Pulumi keeps a program's state in globals, and a second program in one process would meet the
first one's. The cloud is the one that the environment leads to; RESULT is the file that takes the answer as JSON.
"""

import gc

# A short life with half a million objects that all stay: looking for garbage among them costs a third of the time.
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
from runtime.local.program.in_process import ResourceError, run
from runtime.local.program.project import ROOT, configuration, project_name
from runtime.local.resources.table import Table, UnknownTypeError

# Errors whose own message is all that a person needs.
PLAIN = (RegistryError, ResourceError, UnknownTypeError, pulumi.RunError, FileNotFoundError)


def main() -> int:
    """Run it; 0 when everything that it describes was made."""
    stack, result, *rest = sys.argv[1:]
    try:
        changes: dict[str, Any] = json.loads(rest[0]) if rest else {}
        deployment = run(
            ROOT / "__main__.py", project_name(), stack, configuration(stack, changes), Table(boto3_client)
        )
    except Exception as error:
        plain = isinstance(error, PLAIN)
        answer = {"error": str(error) if plain else traceback.format_exc()}
    else:
        answer = dataclasses.asdict(deployment)
    Path(result).write_text(json.dumps(answer, default=str))
    return 1 if "error" in answer else 0


if __name__ == "__main__":
    sys.exit(main())
