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
TURNS = 8
TURN = 0.5  # seconds of each before it is the other's turn
SETTLE = 0.05  # in which the emulator answers what the worker has asked it before it was held
WAKE = 0.1  # in which as many of the worker's calls are under way again as before it was held
DEPTH = 300  # jobs that wait when the worker's turn begins


def measure(system: System) -> dict[str, Sample]:
    """Return bare cycles a second and jobs a second."""
    sqs = system.cloud.emulator.client("sqs")
    cycled = fifo_queue(system.cloud.emulator, "bench-cycle")
    requests = system.cloud.outputs["RequestQueues"][ALGORITHM]
    worker = _worker(system.cloud.outputs["JobsTable"])
    sent: list[str] = []
    bare: list[float] = []
    turns: list[tuple[float, float]] = []
    depth = DEPTH
    os.kill(worker, signal.SIGSTOP)
    try:
        while len(turns) <= TURNS:
            sent += _submit(system, depth - _waiting(sqs, requests))
            cycles, turn = _cycles(sqs, cycled), _turn(worker)
            if not _waiting(sqs, requests):  # it had less to do than it could
                depth *= 2
                continue
            bare.append(cycles)
            turns.append(turn)
    finally:
        os.kill(worker, signal.SIGCONT)
    while _waiting(sqs, requests, "ApproximateNumberOfMessagesNotVisible"):
        time.sleep(0.2)
    sqs.purge_queue(QueueUrl=system.client.queue_url)
    published = list(map(_published(system), sent))
    jobs = [sum(start <= each < end for each in published) / (end - start) * 1000 for start, end in turns]
    return {"bare cycles/s": Sample(tuple(bare[1:])), "jobs/s": Sample(tuple(jobs[1:]))}  # the first turns warm up


def _submit(system: System, jobs: int) -> list[str]:
    with ThreadPoolExecutor(4) as pool:
        return list(pool.map(lambda _: system.client.submit(ALGORITHM, system.pacs, {}), range(jobs)))


def _cycles(sqs: Any, url: str) -> float:
    start, done = time.perf_counter(), 0
    while (elapsed := time.perf_counter() - start) < TURN:
        number = str(time.time_ns())
        sqs.send_message(QueueUrl=url, MessageBody="x" * 600, MessageGroupId=number, MessageDeduplicationId=number)
        message = sqs.receive_message(QueueUrl=url, WaitTimeSeconds=5)["Messages"][0]
        sqs.delete_message(QueueUrl=url, ReceiptHandle=message["ReceiptHandle"])
        done += 1
    return done / elapsed


def _turn(worker: int) -> tuple[float, float]:
    """Let the worker go and hold it again; return from when to when it counts, in milliseconds since the epoch."""
    os.kill(worker, signal.SIGCONT)
    time.sleep(WAKE)
    start = time.time()
    time.sleep(TURN)
    os.kill(worker, signal.SIGSTOP)
    end = time.time()
    time.sleep(SETTLE)
    return start * 1000, end * 1000


def _waiting(sqs: Any, url: str, *more: str) -> int:
    names = ["ApproximateNumberOfMessages", *more]
    return sum(map(int, sqs.get_queue_attributes(QueueUrl=url, AttributeNames=names)["Attributes"].values()))


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
