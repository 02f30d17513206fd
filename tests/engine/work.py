"""Lets a deployed stack work: its services run, and a client sends a job through them."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from clients.cli.client import Client
from clients.cli.local import sample
from runtime.local.emulator.emulator import Emulator
from runtime.local.program.project import ROOT
from runtime.local.tasks.clock import Clock
from runtime.local.tasks.supervisor import Supervisor


@contextmanager
def running(account: Emulator, folder: Path) -> Iterator[None]:
    """Run the services of the account, as ECS would."""
    folder.mkdir(parents=True)
    boto3_client = cache(account.boto3_client)
    supervisor = Supervisor(boto3_client, account.environment, folder, account.ecs_changes)
    clock = Clock(boto3_client)
    supervisor.start()
    clock.start()
    try:
        yield
    finally:
        clock.stop()
        supervisor.stop()


@contextmanager
def installed(plugins: Path) -> Iterator[None]:
    """Have this process, and those that it starts, meet the distributions in a folder, as if they were installed."""
    known = set(sys.modules)
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(plugins)
        patch.setenv("PYTHONPATH", os.pathsep.join((str(plugins), str(ROOT))))
        yield
    for name in set(sys.modules) - known:
        if str(getattr(sys.modules[name], "__file__", "")).startswith(str(plugins)):
            del sys.modules[name]  # other tests import the same module from its sources


def process(account: Emulator, outputs: dict[str, Any], algorithm: str) -> str:
    """Send one slice through the deployed system; return how the job ended."""
    with Client(outputs["ProcessingApiEndpoint"]) as client:
        return send(account, outputs, client, algorithm)


def send(account: Emulator, outputs: dict[str, Any], client: Client, algorithm: str) -> str:
    """Send one slice as a client that is there already; return how the job ended."""
    image = sample.put(account.boto3_client("s3"), outputs["PacsBucket"])[9]
    reference = {"study_id": image.study_id, "series_id": image.series_id, "image_id": image.image_id}
    message = client.wait_for(client.submit(algorithm, {**reference, "scope": "image"}, {}), timeout=120)
    client.acknowledge(message)
    return message["result"]["status"]


def install(distribution: Path, target: Path) -> None:
    """Install a distribution from its sources into a folder, as `pip install` does for a user."""
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-index"]
    subprocess.run([*pip, "--no-deps", "--no-build-isolation", "--target", str(target), str(distribution)], check=True)
