"""Conditional writes, 25 in a call of DynamoDB: BatchWriteItem takes no conditions, and a transaction costs twice."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any, Final

from runtime.contracts import keys
from runtime.contracts.items import Item, attribute, pack
from runtime.handlers.boto3_clients import boto3_client
from runtime.handlers.table import store

AT_ONCE: Final = 25  # statements that DynamoDB takes in one call
THREADS: Final = 8  # no more than the connections that a boto3 client keeps
TRIES: Final = 5
# The statement's condition does not hold, or there is an item with its key; anything else is trouble.
REFUSED: Final = ("ConditionalCheckFailed", "DuplicateItem")


def insert(item: Item) -> Item:
    """Return the statement that writes an item unless there is one with its key."""
    names = ", ".join(f"'{name}': ?" for name in item)
    return {
        "Statement": f'INSERT INTO "{store.table()}" VALUE {{{names}}}',
        "Parameters": list(pack(item).values()),
    }


def change_state(job_id: str, before: str, values: Item) -> Item:
    """Return the statement that sets `values` of a job that is in the state `before`."""
    assignments = " ".join(f'SET "{name}"=?' for name in values)
    return {
        "Statement": f'UPDATE "{store.table()}" {assignments} WHERE "pk"=? AND "state"=?',
        "Parameters": [*pack(values).values(), attribute(keys.job(job_id)), attribute(before)],
    }


def execute(statements: Sequence[Item], has_time: Callable[[], bool]) -> list[bool | None]:
    """Execute statements side by side; return of each whether it was done (False: refused), None if it is not known.

    What DynamoDB is too busy for is tried again, with growing pauses, as long as there is time.
    """
    boto3_client("dynamodb")  # made before there are threads: threads may not share boto3's session
    chunks = [statements[start : start + AT_ONCE] for start in range(0, len(statements), AT_ONCE)]
    with ThreadPoolExecutor(THREADS) as pool:
        return [each for done in pool.map(partial(_chunk, has_time), chunks) for each in done]


def _chunk(has_time: Callable[[], bool], statements: Sequence[Item]) -> list[bool | None]:
    done: list[bool | None] = [None] * len(statements)
    for attempt in range(TRIES):
        left = [place for place, each in enumerate(done) if each is None]
        if not left or not has_time():
            break
        if attempt:
            store.pause(attempt)
        answer: Any = boto3_client("dynamodb").batch_execute_statement(Statements=[statements[each] for each in left])
        for place, response in zip(left, answer["Responses"], strict=True):
            code = response.get("Error", {}).get("Code")
            done[place] = True if code is None else False if code in REFUSED else None
    return done
