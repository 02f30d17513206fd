"""The router's cold import against bare boto3 with an SQS client, in fresh interpreters."""

import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

from bench.instruments.measure import Sample

BARE = "import boto3; boto3.client('sqs')"
ROUTER = "import runtime.handlers.router"
TIMED = "import sys, time; sys.path[:] = [{bundle!r}, *sys.path]; start = time.perf_counter(); {code}; "
TIMED += "print((time.perf_counter() - start) * 1000)"


def measure(bundle: Path, environment: dict[str, str], rounds: int = 40) -> dict[str, Sample]:
    """Return the milliseconds of both, the bundle unpacked as Lambda does, without compiled files as it is there."""
    taken: dict[str, list[float]] = {"boto3 and an SQS client": [], "router": []}
    variables = {**environment, "PYTHONDONTWRITEBYTECODE": "1"}
    with tempfile.TemporaryDirectory() as folder:
        with zipfile.ZipFile(bundle) as archive:
            archive.extractall(folder)
        for each in range(rounds + 1):
            for times, code in zip(taken.values(), (BARE, ROUTER), strict=True):
                # -P: not the checkout, the bundle
                command = [sys.executable, "-P", "-c", TIMED.format(bundle=folder, code=code)]
                run = subprocess.run(command, env=variables, cwd=folder, capture_output=True, text=True, check=True)
                if each:
                    times.append(float(run.stdout))
    return {name: Sample(tuple(times)) for name, times in taken.items()}
