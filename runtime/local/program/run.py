"""Runs the Pulumi program on the embedded cloud.

`python -m runtime.local.program.run STACK RESULT [CHANGES EARLIER [when-told]]`.

It is a process of its own: Pulumi keeps a program's state in globals, so one process can run only one program. The
environment gives the cloud's address; the answer is written to the file RESULT, as JSON. EARLIER is a JSON file with
the fields of `Earlier`. With `when-told` it begins when its standard input ends, and imports all that it needs before.
"""

import gc

# The process is short and keeps its half a million objects: collecting garbage would take a third of its time.
gc.disable()

# ruff: noqa: E402
from runtime.local.program.sdk import import_what_is_named

import_what_is_named()

import ast
import contextlib
import dataclasses
import importlib
import json
import logging
import os
import sys
import traceback
from pathlib import Path
from typing import Any, NoReturn

import pulumi

from algorithms.errors import RegistryError
from runtime.aws import boto3_client
from runtime.local.program.effects import ResourceError
from runtime.local.program.in_process import run
from runtime.local.program.lasting import Earlier
from runtime.local.program.monitor import DeployedResource
from runtime.local.program.project import BEGINS_WHEN_TOLD, ROOT, configuration, project_name
from runtime.local.resources.table import Table, UnknownTypeError

# Errors whose message says all that a person needs.
PLAIN = (RegistryError, ResourceError, UnknownTypeError, pulumi.RunError, FileNotFoundError)


def main() -> int:
    """Run the program; return 0 if all its resources were created."""
    # What the program warns of is about an account of AWS, such as its quotas: `pulumi preview` says it.
    logging.getLogger().setLevel(logging.ERROR)
    stack, result, *rest = sys.argv[1:]
    program, made = ROOT / "__main__.py", list[DeployedResource]()
    if rest[2:] == [BEGINS_WHEN_TOLD]:
        import_ahead(program)
        sys.stdin.buffer.read()
    try:
        changes: dict[str, Any] = json.loads(rest[0]) if rest else {}
        earlier = Earlier(**json.loads(Path(rest[1]).read_text())) if rest[1:] else None
        config = configuration(stack, changes)
        table, forks = Table(boto3_client), sys.platform == "linux"  # elsewhere a fork may not use what was loaded
        deployment = run(program, project_name(), stack, config, table, earlier, made, beside=forks)
    except Exception as error:
        plain = isinstance(error, PLAIN)
        answer: dict[str, Any] = {"error": str(error) if plain else traceback.format_exc()}
        if made:
            answer["resources"] = [_fields(each) for each in made]
    else:
        answer = {"outputs": deployment.outputs, "resources": [_fields(each) for each in deployment.resources]}
    Path(result).write_text(json.dumps(answer, default=str))
    return 1 if "error" in answer else 0


def end(code: int) -> NoReturn:
    """End this process at once: to take its objects apart one by one would take a fifth of its time."""
    logging.shutdown()
    for stream in (sys.stdout, sys.stderr):
        stream.flush()
    os._exit(code)


def _fields(resource: DeployedResource) -> dict[str, Any]:
    return {each.name: getattr(resource, each.name) for each in dataclasses.fields(resource)}


def import_ahead(program: Path) -> None:
    """Import the modules that a program's file imports, with the providers' parts that these need.

    One that cannot be imported is left: the program meets the same error and tells of it.
    """
    for each in ast.parse(program.read_text()).body:
        if isinstance(each, ast.ImportFrom) and each.module:
            with contextlib.suppress(Exception):
                importlib.import_module(each.module)


if __name__ == "__main__":
    end(main())
