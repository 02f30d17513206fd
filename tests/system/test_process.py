"""`imaging process` on the real API: what it saves, what it says, and how it ends."""

import signal
import subprocess
import sys
import time
from pathlib import Path

import cv2
import numpy as np
import pytest

from clients.cli.client import Client
from runtime.local.cloud import LocalCloud

IMAGING = [sys.executable, "-m", "clients.cli"]


@pytest.fixture
def reference(slice_reference: dict[str, str]) -> list[str]:
    return [f"--{name}={slice_reference[f'{name}_id']}" for name in ("study", "series", "image")]


def process(folder: Path, api: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [*IMAGING, "process", *arguments, "--api", api]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=90)


def test_a_slice_is_saved_as_one_picture_or_as_values(tmp_path: Path, api: str, reference: list[str]) -> None:
    done = process(tmp_path, api, "gaussian", *reference, "-p", "sigma=2", "--save", "out.png")
    assert (done.returncode, done.stdout) == (0, "out.png\n"), done.stderr
    picture = cv2.imread(str(tmp_path / "out.png"))
    assert picture is not None and np.ptp(picture) > 50
    done = process(tmp_path, api, "gaussian", *reference, "-p", "planes=separately", "--save", "out.mha")
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "out.mha").read_bytes().startswith(b"ObjectType = Image")


def test_a_series_is_saved_as_a_mosaic_or_as_a_folder(
    tmp_path: Path, api: str, series_reference: dict[str, str]
) -> None:
    reference = [f"--study={series_reference['study_id']}", f"--series={series_reference['series_id']}"]
    done = process(tmp_path, api, "median", *reference, "--save", "mosaic.png")
    assert done.returncode == 0, done.stderr
    mosaic = cv2.imread(str(tmp_path / "mosaic.png"))
    assert mosaic is not None and mosaic.size > 3 * 20 * 256 * 256 * 0.9
    done = process(tmp_path, api, "median", *reference, "--save", "all")
    assert done.returncode == 0, done.stderr
    assert len(list((tmp_path / "all").iterdir())) == len(done.stdout.splitlines()) == 22


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["gaussian", "-p", "sigma=wide", "-p", "depth=3"], 3, ["invalid_request", "/parameters/sigma", "depth"]),
        (["gausian"], 3, ["unknown_algorithm", "gaussian"]),
        (["gaussian", "-p", "sigma"], 2, ["not name=value"]),
        (["gaussian", "--image", "1.2.3"], 1, ["failed", "input_not_found"]),
    ],
)
def test_what_goes_wrong_is_said_without_a_traceback(
    tmp_path: Path, api: str, reference: list[str], arguments: list[str], code: int, words: list[str]
) -> None:
    done = process(tmp_path, api, arguments[0], *reference, *arguments[1:])
    assert done.returncode == code, done.stderr
    assert all(word in done.stderr for word in words), done.stderr
    assert "Traceback" not in done.stderr
    assert done.stdout == ""


def test_an_api_that_is_not_there(tmp_path: Path, reference: list[str]) -> None:
    done = process(tmp_path, "http://127.0.0.1:9", "gaussian", *reference)
    assert done.returncode == 4
    assert "http://127.0.0.1:9" in done.stderr
    assert "Traceback" not in done.stderr


def test_ctrl_c_cancels_the_job_and_gives_the_client_back(
    tmp_path: Path, deployed: LocalCloud, api: str, series_reference: dict[str, str]
) -> None:
    table = deployed.emulator.boto3_client("dynamodb")

    def newest() -> dict[str, str]:
        pages = table.get_paginator("scan").paginate(TableName=deployed.outputs["JobsTable"])
        items = [item for page in pages for item in page["Items"]]
        jobs = [
            item for item in items if item["pk"]["S"].startswith("job#") and '"iterations":999' in item["request"]["S"]
        ]
        return {"state": jobs[0]["state"]["S"], "client_id": jobs[0]["client_id"]["S"]} if jobs else {"state": ""}

    reference = [f"--study={series_reference['study_id']}", f"--series={series_reference['series_id']}"]
    command = [*IMAGING, "process", "curvature_flow", *reference, "-p", "iterations=999", "--api", api]
    running = subprocess.Popen(command, cwd=tmp_path, stderr=subprocess.PIPE, text=True)
    deadline = time.monotonic() + 120
    while newest()["state"] != "running":
        assert running.poll() is None and time.monotonic() < deadline
        time.sleep(0.1)
    running.send_signal(signal.SIGINT)
    _, errors = running.communicate(timeout=60)
    assert running.returncode == 130, errors
    assert "Traceback" not in errors
    while newest()["state"] == "running":
        assert time.monotonic() < deadline
        time.sleep(0.1)
    assert newest()["state"] == "cancelled"
    client = table.get_item(
        TableName=deployed.outputs["JobsTable"], Key={"pk": {"S": f"client#{newest()['client_id']}"}}
    ).get("Item")
    assert client is None or "revoked" in client


def test_the_client_can_be_used_from_python(api: str, slice_reference: dict[str, str]) -> None:
    states: list[str] = []
    with Client(api) as client:
        assert {"gaussian", "median", "curvature_flow"} <= set(client.algorithms())
        job_id = client.submit("gaussian", slice_reference, {"sigma": 1})
        message = client.wait_for(job_id, lambda job: states.append(job["state"]))
        client.acknowledge(message)
    assert states and set(states) <= {"accepted", "queued", "running", "succeeded"}
