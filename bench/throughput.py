"""Jobs a second of one worker on an algorithm that does nothing, against the queue's bare cycle in turns with it."""

import os
import signal
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from bench.floors import fifo_queue
from bench.measure import Sample
from bench.system import System

ALGORITHM = "bench_nothing"
JOBS, CYCLES, ROUNDS = 200, 200, 3


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
    """Fill the queue over the API while the worker stands still, then let it go."""
    worker = _worker(system.cloud.outputs["JobsTable"])
    os.kill(worker, signal.SIGSTOP)
    try:
        with ThreadPoolExecutor(4) as pool:
            sent = list(pool.map(lambda _: system.client.submit(ALGORITHM, system.pacs, {}), range(JOBS)))
    finally:
        started = time.time() * 1000
        os.kill(worker, signal.SIGCONT)
    missing = set(sent)
    while missing:
        for message in system.client.poll(wait=5):
            missing.discard(message["result"]["job_id"])
            system.client.acknowledge(message)
    published = [system.client.job(job_id)["hops"]["published"] for job_id in sent]
    return JOBS / ((max(published) - started) / 1000)


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
