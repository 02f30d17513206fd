"""Cancels many jobs side by side, as far as one call of the API has time for them."""

import time
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Final

from runtime.handlers.boto3_clients import boto3_client
from runtime.handlers.job.cancel import cancel
from runtime.handlers.problem import Problem
from runtime.handlers.table import store

# No more than the connections that a boto3 client keeps.
THREADS: Final = 8
# API Gateway waits 30 s for the answer, and there may be more to do for it.
SECONDS: Final = 20.0


def cancel_many(groups: Iterable[Sequence[store.Item]]) -> int:
    """Cancel the open jobs that wait, ask the workers of the others to stop, and return how many there were.

    Raises a Problem if there are too many for one call: the next goes on.
    """
    end = time.monotonic() + SECONDS
    boto3_client("sns")  # made before there are threads: threads may not share boto3's session
    count = 0
    with ThreadPoolExecutor(THREADS) as pool:
        for jobs in groups:
            if time.monotonic() > end:
                raise Problem("unavailable", f"{count} open jobs were cancelled and more are left; call again.")
            count += sum(pool.map(_cancelled, jobs))
    return count


def _cancelled(job: store.Item) -> bool:
    try:
        cancel(job)
    except Problem as problem:
        if problem.code != "already_ended":
            raise
        return False
    return True
