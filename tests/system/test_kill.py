"""A worker killed in the middle of a job: the client gets that job's result, once."""

import os
import signal
import time
from pathlib import Path

import pytest

from clients.cli.client import Client
from runtime.local.cloud import LocalCloud


def workers_of(algorithm: str, table: str) -> list[int]:
    """The process ids of this deployment's workers of one algorithm: parents, not their children."""
    found: list[int] = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            command = (process / "cmdline").read_bytes().split(b"\0")
            variables = (process / "environ").read_bytes().split(b"\0")
        except OSError:
            continue
        mine = {f"ALGORITHM={algorithm}".encode(), f"TABLE_NAME={table}".encode()} <= set(variables)
        if mine and command[-3:] == [b"-m", b"runtime.worker", b""]:
            found.append(int(process.name))
    return found


@pytest.mark.timeout(600)  # workers are niced: on a machine full of other tests they get what is left
def test_a_job_whose_worker_was_killed_is_done_exactly_once(
    deployed: LocalCloud, client: Client, series_reference: dict[str, str]
) -> None:
    job_id = client.submit("curvature_flow", series_reference, {"iterations": 80})
    deadline = time.monotonic() + 240
    while not 0 < (job := client.job(job_id))["progress"] < 0.9:
        assert job["state"] in ("accepted", "queued", "running"), job
        assert time.monotonic() < deadline, job
        time.sleep(0.2)
    victims = workers_of("curvature_flow", deployed.outputs["JobsTable"])
    assert victims
    for victim in victims:
        os.kill(victim, signal.SIGKILL)
    assert client.job(job_id)["state"] == "running"

    message = client.wait_for(job_id)
    client.acknowledge(message)
    assert message["result"]["status"] == "succeeded"
    assert message["result"]["attempts"] == 2
    assert client.poll(wait=10) == []
