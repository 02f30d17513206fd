"""`make fairness`: how long one client's single jobs take alone, and while another has thousands of jobs waiting.

It ends by itself: the flood comes in batches, and each of the two parts measures for a bounded time.
"""

import os
import random
import sys
import time
from pathlib import Path
from typing import Any

from bench.instruments.measure import Sample, compare
from bench.instruments.system import System, install_plugin, system
from clients.cli import client
from runtime.contracts import keys, states
from runtime.contracts.results import fit
from runtime.handlers.batch.accept import accept
from runtime.handlers.batch.complete import complete
from runtime.handlers.http.auth import Client
from runtime.handlers.job.request.submit import service_record
from runtime.handlers.log import Line
from runtime.handlers.table import store
from runtime.local.cloud import LocalCloud

PLUGIN = Path(__file__).parent / "fairness_plugin"
ALGORITHM = "bench_second"
FLOOD = 2000
TASKS = 6
MORE = 60  # that the tasks do meanwhile
SINGLES = 40
LEAST = 10  # without so many, 95 % of them is no figure
SECONDS = 80.0  # of each part
SPREAD = 0.5  # by which a job of the flood may be shorter or longer than a second: equal ones keep the tasks in step
READY_SECONDS = 60.0
START = time.perf_counter()


def main() -> None:
    """Measure, then print."""
    install_plugin(PLUGIN)
    with system(LocalCloud()) as running:
        _start_every_task(running)
        _say("every task runs")
        alone = _singles(running)
        _say("jobs alone are measured")
        with client.Client(running.cloud.outputs["ProcessingApiEndpoint"], timeout=60) as other:
            while (missing := FLOOD - _waiting(running)) > 0:
                _flood(running, other.client_id, missing + MORE)
            before = _waiting(running)
            _say(f"{before} jobs of another client wait")
            flooded = _singles(running)
            after = _waiting(running)
    print(f"jobs of another client that waited: {before} at the beginning, {after} at the end")
    print(f"single jobs: {len(alone.values)} alone, {len(flooded.values)} under the flood\n")
    print(compare("POST to result, ms", alone, "under the flood", flooded))


def _say(what: str) -> None:
    print(f"{time.perf_counter() - START:.0f} s: {what}", file=sys.stderr, flush=True)


def _singles(running: System) -> Sample:
    """Return the milliseconds of single jobs, each sent after a pause of its own; fewer if they take long."""
    action, taken = running.job(ALGORITHM), list[float]()
    end = time.monotonic() + SECONDS
    while len(taken) < SINGLES and (time.monotonic() < end or len(taken) < LEAST):
        time.sleep(random.uniform(0, 1.0))
        start = time.perf_counter()
        acknowledge: Any = action()
        taken.append((time.perf_counter() - start) * 1000)
        acknowledge()
    return Sample(tuple(taken))


def _flood(running: System, client_id: str, jobs: int) -> None:
    """Accept batches by the router's own function, in this process: thousands of calls of the API would take long."""
    emulator, outputs = running.cloud.emulator, running.cloud.outputs
    os.environ.update({**emulator.environment, "TABLE_NAME": outputs["JobsTable"], "SCALER_FUNCTION": "nobody"})
    caller = Client(client_id, 0, "", {})
    for start in range(0, jobs, fit.MOST_JOBS):
        pacs = [running.pacs] * min(fit.MOST_JOBS, jobs - start)
        body = {
            "pacs": pacs,
            "parameters": {"spread": SPREAD},
            "outputs": ["preview"],
            "callback": {"client_id": client_id},
        }
        batch = accept(caller, ALGORITHM, body, None, Line("bench", None), {})
        item = store.get(keys.batch(batch["batch_id"]))
        if batch["state"] != states.QUEUED and item is not None:
            complete(item, service_record(ALGORITHM), lambda: True)


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
