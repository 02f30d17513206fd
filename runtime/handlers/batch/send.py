"""Sends jobs to their queues, ten at a time: each entry of a call succeeds or fails on its own."""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any, Final

from runtime.contracts import keys, states
from runtime.handlers.boto3_clients import boto3_client
from runtime.handlers.job.request import shares
from runtime.handlers.job.request.submit import mark_queued, queued_message
from runtime.handlers.table import statements, store

AT_ONCE: Final = 10  # messages that SQS takes in one call
# Of all messages of one call: SQS took 262,144 before it took a mebibyte, and not every region has to have changed.
BYTES: Final = 250_000
TRIES: Final = 5
Chunk = tuple[str, list[store.Item]]  # a queue's address, and jobs that fit into one call


def send(jobs: Sequence[store.Item], record: store.Item, has_time: Callable[[], bool]) -> bool:
    """Put accepted jobs without an ordering key on their queues and mark them queued; return whether all are there."""
    queued = store.now_ms()  # before they are sent: a worker may start them before the answer is here
    boto3_client("sqs")  # made before there are threads: threads may not share boto3's session
    chunks = list(_chunks(jobs, record))
    with ThreadPoolExecutor(statements.THREADS) as pool:
        sent = [job for part in pool.map(partial(_send, has_time), chunks) for job in part]
    values: store.Item = {"state": states.QUEUED, "t_queued": queued}
    changes = [statements.change_state(keys.job_id(job["pk"]), states.ACCEPTED, values) for job in sent]
    marked = statements.execute(changes, has_time)
    for job, done in zip(sent, marked, strict=True):
        if done is False:  # a worker was faster, and it owns the state now
            mark_queued(job["pk"], queued)
    return len(sent) == len(jobs) and None not in marked


def _chunks(jobs: Sequence[store.Item], record: store.Item) -> Iterator[Chunk]:
    """Yield a queue's address with jobs that fit into one call."""
    queues: dict[str, list[store.Item]] = {}
    for job in jobs:
        queues.setdefault(shares.queue_url(job, record), []).append(job)
    for address, waiting in queues.items():
        chunk, size = list[store.Item](), 0
        for job in waiting:
            if chunk and (len(chunk) == AT_ONCE or size + len(job["request"]) > BYTES):
                yield address, chunk
                chunk, size = [], 0
            chunk.append(job)
            size += len(job["request"])
        yield address, chunk


def _send(has_time: Callable[[], bool], chunk: Chunk) -> list[store.Item]:
    """Send jobs in one call, those that SQS refused again; return those that are sent."""
    address, jobs = chunk
    left = {str(number): job for number, job in enumerate(jobs)}
    for attempt in range(TRIES):
        if not left or not has_time():
            break
        if attempt:
            store.pause(attempt, 0.1)
        entries: list[Any] = [{"Id": number, **queued_message(job)} for number, job in left.items()]
        failed = boto3_client("sqs").send_message_batch(QueueUrl=address, Entries=entries).get("Failed", [])
        left = {each["Id"]: left[each["Id"]] for each in failed}
    unsent = {job["pk"] for job in left.values()}
    return [job for job in jobs if job["pk"] not in unsent]
