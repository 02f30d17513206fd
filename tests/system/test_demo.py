"""`imaging demo` as a stranger runs it: its report, its files, and nothing left behind, beside a running system."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import urlsplit

import cv2
import numpy as np
import pytest

from runtime.local.cloud import LocalCloud

STACK = {
    "ProcessingApiEndpoint",
    "PacsApiLB",
    "ImageResultsTopicArn",
    "ImageResultsTopicArns",
    "JobsTable",
    "OutputBucket",
    "PacsBucket",
    "RequestQueues",
    "ResultQueues",
}


def start(folder: Path) -> subprocess.Popen[bytes]:
    """Start a demo in a folder of its own, its temporary files in there too, behind a proxy that does not answer."""
    (folder / "tmp").mkdir()
    unwanted = ("AWS_", "NO_PROXY", "no_proxy")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(unwanted)}
    nobody = dict.fromkeys(("http_proxy", "HTTP_PROXY"), "http://127.0.0.1:9")  # a proxy that does not answer
    with (folder / "stdout").open("wb") as out, (folder / "stderr").open("wb") as err:
        return subprocess.Popen(
            [sys.executable, "-m", "clients.cli", "demo", "--json"],
            cwd=folder,
            env={**kept, **nobody, "TMPDIR": str(folder / "tmp")},
            stdout=out,
            stderr=err,
        )


def processes_of(folder: Path, port: int) -> list[str]:
    """The processes that work in this demo's folder or know its cloud's port."""
    found: list[str] = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            variables = (process / "environ").read_text(errors="replace").split("\0")
            if (
                str(folder) in str((process / "cwd").readlink())
                or f"AWS_ENDPOINT_URL=http://127.0.0.1:{port}" in variables
            ):
                found.append((process / "cmdline").read_text().replace("\0", " "))
        except OSError:
            continue
    return found


def check(folder: Path) -> dict[str, Any]:
    errors = (folder / "stderr").read_text()
    report = json.loads((folder / "stdout").read_text())  # one object and nothing else
    assert set(report) == {"seconds", "outputs", "jobs"}
    assert set(report["outputs"]) >= STACK
    assert [(job["algorithm"], job["scope"], job["state"]) for job in report["jobs"]] == [
        ("gaussian", "image", "succeeded"),
        ("curvature_flow", "series", "succeeded"),
    ], errors
    for job in report["jobs"]:
        assert set(job) == {"job_id", "algorithm", "scope", "state", "hops", "files"}
        assert all(isinstance(value, int) and value >= 0 for value in job["hops"].values())
        assert {"queued", "started", "fetched", "computed", "stored", "published", "delivered"} <= set(job["hops"])
        files = [folder / file for file in job["files"]]
        assert all(file.stat().st_size for file in files)
        pictures = [file for file in files if file.suffix == ".png"]
        assert pictures[0].name == "before-after.png"
        for picture in pictures:
            pixels = cv2.imread(str(picture))
            assert pixels is not None and np.ptp(pixels) > 50, f"{picture} is no picture"
    assert sum(file.endswith(".png") for file in report["jobs"][1]["files"]) == 22  # 20 slices, a mosaic, a comparison
    port = urlsplit(report["outputs"]["ProcessingApiEndpoint"]).port
    assert port and processes_of(folder, port) == []
    assert list((folder / "tmp").iterdir()) == []
    return report


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder with a short name: sockets are among what stands in it."""
    with TemporaryDirectory(dir="/tmp") as one:
        yield Path(one)


@pytest.mark.timeout(600)  # a whole system more, on whatever else the machine does
def test_a_demo_beside_a_running_system(folder: Path, deployed: LocalCloud) -> None:
    demo = start(folder)
    try:
        assert processes_of(folder, 0)  # what is looked for is there while it runs
        code = demo.wait(400)
    finally:
        demo.terminate()
        demo.wait(60)
    assert code == 0, (folder / "stderr").read_text()[-3000:]
    assert check(folder)["outputs"]["ProcessingApiEndpoint"] != deployed.outputs["ProcessingApiEndpoint"]
