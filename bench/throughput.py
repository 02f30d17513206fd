"""Jobs a second of one worker on an algorithm that does nothing, against the queue's bare cycle in turns with it."""

import os
import signal
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from bench.floors import fifo_queue
from bench.measure import Sample
from bench.system import System

ALGORITHM = "bench_nothing"
JOBS, CYCLES, ROUNDS = 250, 200, 5


def measure(system: System) -> dict[str, Sample]:
    """Return bare cycles a second and jobs a second."""
    bare, jobs = [], []
    url = fifo_queue(system.cloud.emulator, "bench-cycle")
    for each in range(ROUNDS + 1):
        cycles, done = _cycles(system, url), _jobs(system)
        if each:  # the first round warms both up
            bare.append(cycles)
            jobs.append(done)
    return {"bare cycles/s": Sample(tuple(bare)), "jobs/s": Sample(tuple(jobs))}


def _cycles(system: System, url: str) -> float:
    sqs = system.cloud.emulator.client("sqs")
    start = time.perf_counter()
    for _ in range(CYCLES):
        number = str(time.time_ns())
        sqs.send_message(QueueUrl=url, MessageBody="x" * 600, MessageGroupId=number, MessageDeduplicationId=number)
        message = sqs.receive_message(QueueUrl=url, WaitTimeSeconds=5)["Messages"][0]
        sqs.delete_message(QueueUrl=url, ReceiptHandle=message["ReceiptHandle"])
    return CYCLES / (time.perf_counter() - start)


def _jobs(system: System) -> float:
    """Fill the queue over the API while the worker stands still, then let it go and keep quiet until it is done."""
    sqs, outputs = system.cloud.emulator.client("sqs"), system.cloud.outputs
    worker = _worker(outputs["JobsTable"])
    os.kill(worker, signal.SIGSTOP)
    try:
        with ThreadPoolExecutor(4) as pool:
            sent = list(pool.map(lambda _: system.client.submit(ALGORITHM, system.pacs, {}), range(JOBS)))
    finally:
        started = time.time() * 1000
        os.kill(worker, signal.SIGCONT)
    names = ["ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible"]
    left = {"": "1"}
    while any(int(number) for number in left.values()):
        time.sleep(0.2)
        url = outputs["RequestQueues"][ALGORITHM]
        left = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=names)["Attributes"]
    sqs.purge_queue(QueueUrl=system.client.queue_url)
    return JOBS / ((max(map(_published(system), sent)) - started) / 1000)


def _published(system: System) -> Callable[[str], int]:
    table = system.cloud.emulator.client("dynamodb")

    def published(job_id: str) -> int:
        key = {"pk": {"S": f"job#{job_id}"}}
        item = table.get_item(TableName=system.cloud.outputs["JobsTable"], Key=key)["Item"]
        if item["state"]["S"] != "succeeded":
            raise RuntimeError(f"job {job_id} ended {item['state']['S']}")
        return int(item["t_published"]["N"])

    return published


def _worker(table: str) -> int:
    """Return the process id of this system's worker of the algorithm."""
    wanted = {f"ALGORITHM={ALGORITHM}".encode(), f"TABLE_NAME={table}".encode()}
    found: list[Any] = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if wanted <= set((process / "environ").read_bytes().split(b"\0")) and (
                (process / "cmdline").read_bytes().split(b"\0")[-3:-1] == [b"-m", b"runtime.worker"]
            ):
                found.append(int(process.name))
        except OSError:
            continue
    if len(found) != 1:
        raise RuntimeError(f"one worker of {ALGORITHM} is wanted, there are {len(found)}")
    return found[0]
