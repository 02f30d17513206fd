"""A worker killed in the middle of a job: the client gets that job's result, once."""

import os
import signal
import time

import pytest

from clients.cli.client import Client
from runtime.local.cloud import LocalCloud


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
    assert deployed.supervisor is not None
    victims = deployed.supervisor.processes("curvature-flow")
    assert victims
    for victim in victims:
        os.kill(victim, signal.SIGKILL)
    assert client.job(job_id)["state"] == "running"

    message = client.wait_for(job_id)
    client.acknowledge(message)
    assert message["result"]["status"] == "succeeded"
    assert message["result"]["attempts"] == 2
    assert client.poll(wait=10) == []
