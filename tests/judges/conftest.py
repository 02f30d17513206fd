"""The whole of a dev stack and of one like production's example, each made once; all judges share one process."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from runtime.local.emulator.emulator import REGION, Emulator
from runtime.local.program.project import ROOT, configuration

HERE = Path(__file__).parent
EXAMPLE = ROOT / "Pulumi.prod.yaml.example"


@pytest.hookimpl(tryfirst=True)  # before xdist reads the groups
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.xdist_group("judges"))
            item.add_marker(pytest.mark.timeout(600))


def example(page: Path) -> dict[str, Any]:
    """Return the configuration of production's example; what it leaves to fill in stands in angle brackets."""
    (page / "index.html").write_text("<!doctype html><title>page</title>")
    values = yaml.safe_load(EXAMPLE.read_text())["config"]
    filled = json.loads(json.dumps(values).replace("<", "").replace(">", ""))
    return {**filled, "imaging:web": True, "imaging:webFolder": str(page), "imaging:apiAllowedCidrs": []}


@pytest.fixture(scope="session", params=["dev", "prod"])
def stack(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What a stack is made of, and what of it no handler read."""
    folder: Path = tmp_path_factory.mktemp(request.param)
    changes = {} if request.param == "dev" else example(tmp_path_factory.mktemp("page"))
    answer = folder / "answer.json"
    with Emulator() as cloud:
        bucket = configuration("dev", changes)["imaging:pacsBucket"]
        cloud.boto3_client("s3").create_bucket(Bucket=bucket, CreateBucketConfiguration={"LocationConstraint": REGION})
        done = subprocess.run(
            [sys.executable, "-m", "tests.judges.run", str(answer), json.dumps(changes)],
            env={**os.environ, **cloud.environment, "PYTHONPATH": str(ROOT)},
            cwd=folder,
            capture_output=True,
            text=True,
            check=False,
        )
    assert answer.exists(), done.stderr
    return json.loads(answer.read_text())
