"""Mends stuck jobs, finishes what was begun with clients, removes idle ones; the schedule calls it each minute."""

import json
import os
import traceback
from collections import Counter
from collections.abc import Iterator
from itertools import islice
from typing import Any, Final

from runtime.contracts import keys
from runtime.contracts.variables import handler_names, handler_variables
from runtime.handlers.batch.complete import is_batch
from runtime.handlers.batch.mend import mend_batch
from runtime.handlers.boto3_clients import boto3_client
from runtime.handlers.client import shards
from runtime.handlers.client.finish import LONGEST_MS, finish, is_client
from runtime.handlers.client.reclaim import remove_idle_clients
from runtime.handlers.job import mend
from runtime.handlers.log import Line, metrics
from runtime.handlers.table import indexes, store

# A job not begun this long before the function would be stopped waits for the next minute.
RESERVE_MS: Final = 10_000
PAGE: Final = 400
# Clients that have left are looked for once an hour: each look lists all subscriptions.
REMOVAL_MINUTE: Final = 7
# At most this many jobs are named in a line of the log.
NAMED: Final = 100


class SweepError(RuntimeError):
    """Some jobs could not be checked; all others were."""


def handler(event: dict[str, Any], context: Any) -> dict[str, int]:
    """Mend every unpublished job that needs it; return how many, by kind.

    Clients that have left are removed once an hour, or if the event says `{"reap": true}`. Two runs at once, or one
    that is stopped at any point, do no harm: conditional writes decide each step.
    """
    line = Line(handler_names.SWEEPER, context)
    sweep = Sweep(context)
    sweep.run()
    if event.get("reap") or (handler_variables.CLIENT_IDLE_SECONDS in os.environ and _minute() == REMOVAL_MINUTE):
        removed, failures = remove_idle_clients(lambda: sweep.has_time(LONGEST_MS))
        line.add(removed_clients=removed, **({"not_removed": failures[:NAMED]} if failures else {}))
    counts = {"MendedJobs": sweep.mended.total(), "ClientPlacesUsed": places_used()}
    line.add(open_jobs=sweep.seen, finished=sweep.finished, mended=dict(sweep.mended))
    line.add(jobs=dict(islice(sweep.jobs.items(), NAMED)), failed=dict(islice(sweep.failed.items(), NAMED)))
    line.add(**metrics("Function", "sweeper", counts))
    line.write("error" if sweep.failed else "info")
    if sweep.failed:
        raise SweepError(f"{len(sweep.failed)} jobs: {json.dumps(sweep.failed)[:2000]}")
    return dict(sweep.mended)


class Sweep:
    """One run over the unpublished jobs, with its counts."""

    def __init__(self, context: Any) -> None:
        self._context = context
        self.seen = 0
        self.mended: Counter[str] = Counter()
        self.jobs: dict[str, str] = {}
        self.failed: dict[str, str] = {}
        self.finished = True

    def run(self) -> None:
        """Process the unpublished jobs; the next run continues if time runs out."""
        for number, batch in enumerate(self._batches()):
            if number and not self.has_time():
                self.finished = False
                return
            whole = self._look(batch)
            if whole or number == 0:  # the first batch is always processed, so that every run makes progress
                store.put(_bookmark(batch[-1]))
            if not whole:
                self.finished = False
                return
        store.delete(keys.SWEEP)

    def _batches(self) -> Iterator[list[store.Item]]:
        """Yield the index's entries in batches, after those that an earlier run reached."""
        known = store.get(keys.SWEEP)
        start: dict[str, Any] | None = json.loads(known["after"]) if known else None
        while True:
            begin = {"ExclusiveStartKey": start} if start else {}
            answer = boto3_client("dynamodb").scan(
                TableName=store.table(), IndexName=keys.UNPUBLISHED, Limit=PAGE, **begin
            )
            page = [store.unpack(each) for each in answer["Items"]]
            for place in range(0, len(page), indexes.BATCH):
                yield page[place : place + indexes.BATCH]
            start = answer.get("LastEvaluatedKey")
            if not start:
                return

    def _look(self, batch: list[store.Item]) -> bool:
        """Look after some jobs; return whether there was time for all of them."""
        self.seen += len(batch)
        now = store.now_ms()
        due = [each["pk"] for each in batch if now - each["t_accepted"] > mend.GRACE_MS]
        try:
            jobs = indexes.items(due) if due else {}
        except Exception as error:
            self.failed |= {keys.job_id(pk): f"{type(error).__name__} (unread)" for pk in due}
            return True
        # in the order in which they were accepted, which is that of a message group
        for job in sorted(jobs.values(), key=lambda job: job["t_accepted"]):
            if not self.has_time():
                return False
            self._one(job, now)
        return True

    def _one(self, job: store.Item, now: int) -> None:
        job_id = keys.job_id(job["pk"])
        try:
            if is_client(job):
                done = finish(job, self.has_time)
            else:
                done = mend_batch(job, self.has_time) if is_batch(job) else mend.mend(job, now)
        except Exception as error:
            where = traceback.extract_tb(error.__traceback__)[-1]
            self.failed[job_id] = f"{type(error).__name__} ({where.name})"
            return
        if done:
            self.mended[done] += 1
            self.jobs[job_id] = done

    def has_time(self, least: int = RESERVE_MS) -> bool:
        """Whether the function may go on for `least` milliseconds: it is stopped at its timeout."""
        return self._context is None or self._context.get_remaining_time_in_millis() > least


def _minute() -> int:
    return store.now_ms() // 60_000 % 60


def places_used() -> float:
    """Return the percentage of clients' places on the results topics that are taken."""
    count = shards.topics().count
    taken = sum(shards.clients(range(count)).values())
    return round(100 * taken / (count * shards.places()), 1)


def _bookmark(last: store.Item) -> store.Item:
    """Return the item that says after which entry of the index the next run begins, if this one does not end."""
    after = store.pack({name: last[name] for name in ("pk", *keys.INDEXES[keys.UNPUBLISHED])})
    return {"pk": keys.SWEEP, "after": json.dumps(after), "expires": store.expires(keys.SWEEP_TTL_SECONDS)}
