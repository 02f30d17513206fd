"""Cancels the open jobs of a client that leaves: nobody waits for them, and others' jobs stand behind them."""

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import islice
from typing import Final

from runtime.contracts import keys, states
from runtime.handlers.boto3_clients import boto3_client
from runtime.handlers.job.cancel import cancel
from runtime.handlers.problem import Problem
from runtime.handlers.table import indexes, store

# No more than the connections that a boto3 client keeps.
THREADS: Final = 8
# API Gateway waits 30 s for the answer, and queue and subscription are still to be removed.
SECONDS: Final = 20.0


def cancel_open_jobs(client_id: str) -> int:
    """Cancel the jobs that wait, ask the workers of the others to stop, and return how many there were.

    Raises a Problem if there are too many for one call: the next goes on.
    """
    end = time.monotonic() + SECONDS
    entries = indexes.entries(keys.UNPUBLISHED, client_id)
    boto3_client("sns")  # made before there are threads: threads may not share boto3's session
    count = 0
    with ThreadPoolExecutor(THREADS) as pool:
        for jobs in _batches(entries):
            if time.monotonic() > end:
                raise Problem("unavailable", f"{count} open jobs were cancelled and more are left; call again.")
            count += sum(pool.map(_cancelled, jobs))
    return count


def _batches(entries: Iterator[store.Item]) -> Iterator[list[store.Item]]:
    while chunk := list(islice(entries, indexes.BATCH)):
        jobs = indexes.items([entry["pk"] for entry in chunk])
        yield [job for job in jobs.values() if job["state"] in states.OPEN_STATES]


def _cancelled(job: store.Item) -> bool:
    try:
        cancel(job)
    except Problem as problem:
        if problem.code != "already_ended":
            raise
        return False
    return True
