"""`imaging demo` as a stranger runs it: its report, its files, and nothing left behind; two of them side by side."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import cv2
import numpy as np

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
    folder.mkdir()
    environment = {name: value for name, value in os.environ.items() if not name.startswith("AWS_")}
    with (folder / "stdout").open("wb") as out, (folder / "stderr").open("wb") as err:
        return subprocess.Popen(
            [sys.executable, "-m", "clients.cli", "demo", "--json"], cwd=folder, env=environment, stdout=out, stderr=err
        )


def processes_of(folder: Path) -> list[str]:
    """The processes whose environment or working directory names this demo's folder."""
    found: list[str] = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if str(folder) in str((process / "cwd").readlink()):
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
    assert processes_of(folder) == []
    return report


def test_two_demos_side_by_side(tmp_path: Path) -> None:
    folders = [tmp_path / "one", tmp_path / "two"]
    demos = [start(folder) for folder in folders]
    codes = [demo.wait(120) for demo in demos]
    assert codes == [0, 0], [(folder / "stderr").read_text()[-3000:] for folder in folders]
    one, two = (check(folder) for folder in folders)
    assert one["outputs"]["ProcessingApiEndpoint"] != two["outputs"]["ProcessingApiEndpoint"]
    assert one["jobs"][0]["files"] != two["jobs"][0]["files"]
