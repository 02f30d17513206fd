"""`make fairness`: how long one client's single jobs take alone, and while another has thousands of jobs waiting."""

import os
import random
import statistics
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from bench.measure import Sample
from bench.system import System, install_plugin, system
from clients.cli import client
from runtime.handlers.boto3_clients import boto3_client
from runtime.handlers.http.auth import Client
from runtime.handlers.job.submit import submit
from runtime.handlers.log import Line
from runtime.local.cloud import LocalCloud

PLUGIN = Path(__file__).parent / "fairness_plugin"
ALGORITHM = "bench_second"
FLOOD = 2000
TASKS = 6
TOGETHER = 4
MORE = 60  # that the tasks do meanwhile
SINGLES = 40
READY_SECONDS = 300.0


def main() -> None:
    """Measure, then print."""
    install_plugin(PLUGIN)
    with system(LocalCloud()) as running:
        _start_every_task(running)
        alone = _singles(running)
        with client.Client(running.cloud.outputs["ProcessingApiEndpoint"], timeout=60) as other:
            while (missing := FLOOD - _waiting(running)) > 0:
                _flood(running, other.client_id, missing + MORE)
            before = _waiting(running)
            flooded = _singles(running)
            after = _waiting(running)
    print(f"jobs of another client that waited: {before} at the beginning, {after} at the end\n")
    print("| POST to result, ms | half of the jobs | 95 % |\n|---|---:|---:|")
    for name, each in (("alone", alone), ("under the flood", flooded)):
        print(f"| {name} | {each.median:.0f} | {percentile(each):.0f} |")
    print(f"| ratio | {flooded.median / alone.median:.2f} | {percentile(flooded) / percentile(alone):.2f} |")


def percentile(sample: Sample) -> float:
    """Return the value that 95 % of the values do not exceed."""
    return statistics.quantiles(sample.values, n=20, method="inclusive")[-1]


def _singles(running: System) -> Sample:
    """Return the milliseconds of single jobs, each sent after a pause of its own."""
    action, taken = running.job(ALGORITHM), list[float]()
    for _ in range(SINGLES):
        time.sleep(random.uniform(0, 1.0))
        start = time.perf_counter()
        acknowledge: Any = action()
        taken.append((time.perf_counter() - start) * 1000)
        acknowledge()
    return Sample(tuple(taken))


def _flood(running: System, client_id: str, jobs: int) -> None:
    """Submit jobs by the router's own function, in this process: thousands of calls of the API would take long."""
    emulator, outputs = running.cloud.emulator, running.cloud.outputs
    os.environ.update({**emulator.environment, "TABLE_NAME": outputs["JobsTable"], "SCALER_FUNCTION": "nobody"})
    boto3_client("sqs")  # made before there are threads: threads may not share boto3's session
    boto3_client("dynamodb")
    boto3_client("lambda")
    caller = Client(client_id, 0, "", {})
    body = {
        "pacs": running.pacs,
        "parameters": {},
        "outputs": ["preview"],
        "ordering_key": None,
        "callback": {"client_id": client_id},
    }
    with ThreadPoolExecutor(TOGETHER) as pool:
        list(pool.map(lambda _: submit(caller, ALGORITHM, body, None, Line("bench", None)), range(jobs)))


def _start_every_task(running: System) -> None:
    """Wait until each task has received: as many jobs at once as there are tasks take no longer than one."""
    deadline = time.monotonic() + READY_SECONDS
    while time.monotonic() < deadline:
        sent = [running.client.submit(ALGORITHM, running.pacs, {}) for _ in range(TASKS)]
        start = time.monotonic()
        while sent:
            for message in running.client.poll(wait=20):
                running.client.acknowledge(message)
                sent.remove(message["result"]["job_id"])
        if time.monotonic() - start < 2.0:
            return
    raise TimeoutError("the tasks did not start")


def _waiting(running: System) -> int:
    """Return how many jobs wait on the algorithm's queues."""
    names = {ALGORITHM.replace("_", "-") + end for end in ("-requests", "-requests-overflow")}
    sqs = running.cloud.emulator.boto3_client("sqs")
    queues = [
        each for each in running.cloud.resources if each["type"] == "aws:sqs/queue:Queue" and each["name"] in names
    ]
    count = "ApproximateNumberOfMessages"
    return sum(
        int(sqs.get_queue_attributes(QueueUrl=each["id"], AttributeNames=[count])["Attributes"][count])
        for each in queues
    )


if __name__ == "__main__":
    main()
