"""The calls of one job alone and of a hundred at once, from POST to the acknowledged result."""

import os
import signal
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

from bench.instruments.call import Call
from bench.instruments.recorded import RecordedCloud
from bench.instruments.system import System

POKE_SECONDS = 5.5  # after which the router tells the scaler of the next job again
LONGEST = 120.0


@contextmanager
def held(cloud: RecordedCloud, algorithm: str) -> Iterator[None]:
    """Stop the algorithm's one worker for a while, so that who is faster, it or the router, is no matter of chance."""
    assert cloud.supervisor is not None
    (worker,) = cloud.supervisor.processes(algorithm.replace("_", "-"))
    os.kill(worker, signal.SIGSTOP)
    try:
        yield
    finally:
        os.kill(worker, signal.SIGCONT)


def count(cloud: RecordedCloud, system: System, algorithm: str, jobs: int = 1) -> list[Call]:
    """Return the calls of so many jobs: sent at once, computed, then fetched and acknowledged ten at a time.

    A job before them has started whatever must be started, and has routes and the client's last call remembered.
    """
    system.client.submit(algorithm, system.pacs, {})
    fetch(system, 1)
    time.sleep(POKE_SECONDS)
    cloud.record()
    with held(cloud, algorithm):
        with ThreadPoolExecutor(min(jobs, 4)) as pool:
            sent = list(pool.map(lambda _: system.client.submit(algorithm, system.pacs, {}), range(jobs)))
        time.sleep(1)  # the scaler, which was told of them, looks
    wait_for(system, sent)
    fetch(system, jobs)
    return cloud.recorded()


def wait_for(system: System, sent: list[str]) -> list[int]:
    """Wait until each job's result is published; return when that was, in ms since the epoch."""
    table, name = system.cloud.emulator.boto3_client("dynamodb"), system.cloud.outputs["JobsTable"]
    published: list[int] = []
    deadline = time.monotonic() + LONGEST
    for job_id in sent:
        while "t_published" not in (item := table.get_item(TableName=name, Key={"pk": {"S": f"job#{job_id}"}})["Item"]):
            if time.monotonic() > deadline:
                raise TimeoutError(f"job {job_id} is {item['state']['S']} after {LONGEST:g} s")
            time.sleep(0.05)
        if item["state"]["S"] != "succeeded":
            raise RuntimeError(f"job {job_id} ended {item['state']['S']}")
        published.append(int(item["t_published"]["N"]))
    return published


def fetch(system: System, jobs: int) -> None:
    """Fetch and acknowledge so many results, as many at a time as there are."""
    while jobs > 0:
        if messages := system.client.poll(wait=5):
            system.client.acknowledge(*messages)
            jobs -= len(messages)
