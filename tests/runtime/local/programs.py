"""Runs programs of a few lines through the in-process front end."""

import json
import os
import subprocess
import sys
from pathlib import Path
from textwrap import dedent
from typing import Any

from runtime.local.emulator.emulator import Emulator

RUN = """
import dataclasses, json, sys
from pathlib import Path
from runtime.aws import boto3_client
from runtime.local.program.in_process import run
from runtime.local.program.lasting import Earlier
from runtime.local.resources.table import Table
try:
    earlier = Earlier(resources=json.loads(sys.argv[2]), running=True) if sys.argv[2:] else None
    answer = dataclasses.asdict(run(Path(sys.argv[1]), "p", "s", {"p:word": "here"}, Table(boto3_client), earlier))
except Exception as error:
    answer = {"error": f"{type(error).__name__}: {error}"}
print(json.dumps(answer, default=str))
"""


def run(cloud: Emulator, folder: Path, program: str, running: list[dict[str, Any]] | None = None) -> dict[str, Any]:
    """Run a program in a process of its own, as the deployer does; `running` are the resources of one that runs."""
    path = folder / "program.py"
    path.write_text("import pulumi\nimport pulumi_aws as aws\nimport pulumi_awsx as awsx\n" + dedent(program))
    done = subprocess.run(
        [sys.executable, "-c", RUN, str(path), *([json.dumps(running)] if running else [])],
        env={**os.environ, **cloud.environment},
        capture_output=True,
        text=True,
        timeout=150,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)
