"""`GET /jobs`: the caller's own jobs with their results, newest first, a page at a time."""

import json
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import islice
from typing import Final, NamedTuple

from runtime.contracts import keys, states
from runtime.handlers.boto3_clients import boto3_client
from runtime.handlers.http import page_query
from runtime.handlers.http.exchange import Request
from runtime.handlers.job.view import view
from runtime.handlers.table import cursors, indexes, store

PAGE: Final = 50
# At most this many jobs are looked at for a page, even if few of them match.
LOOKED_AT: Final = 400
# A Lambda function answers at most 6 MB, and signing takes its time: the rest is on the next page.
ANSWER_BYTES: Final = 1_000_000
# Manifests that are read at the same time, for jobs whose items have a part of their results.
READS: Final = 8
_STATES: Final = (*states.OPEN_STATES, *states.END_STATES)


class Selection(NamedTuple):
    """Which jobs a query selects; None matches any."""

    state: str | None
    algorithm: str | None
    since: int
    after: tuple[int, str] | None

    def matches(self, job: store.Item) -> bool:
        """Return whether the job is one of those selected."""
        fits = self.state in (None, job["state"]) and self.algorithm in (None, job["algorithm"])
        return fits and job["t_accepted"] >= self.since


def read(query: dict[str, str]) -> Selection:
    """Return which jobs a query selects; raise one Problem with every fault."""
    state = query.get("state")
    wrong = state is not None and state not in _STATES
    own = [("?state", f"must be one of {', '.join(_STATES)}")] if wrong else []
    return Selection(state, *page_query.read(query, own))


def answer(client_id: str, request: Request, batch: Sequence[str] | None = None) -> str:
    """Return a page as JSON: the selected jobs that fit, and the cursor of the next page if there may be one.

    `batch` are the jobs of the batch that is asked for, in the order in which they are listed.
    """
    selection = read(request.query)
    entries = _of_client(client_id, selection) if batch is None else _of_batch(batch, selection)
    views: list[str] = []
    looked_at = 0
    while chunk := list(islice(entries, indexes.BATCH)):
        items = indexes.items([entry["pk"] for entry in chunk])
        for entry, text in _views(chunk, items, selection):
            looked_at += 1
            views += [text] if text else []
            if len(views) == PAGE or looked_at == LOOKED_AT or sum(map(len, views)) > ANSWER_BYTES:
                return _page(views, cursors.encode(entry))
    return _page(views, None)


def _of_client(client_id: str, selection: Selection) -> Iterator[store.Item]:
    # The index of unpublished jobs has all open jobs and few others, so it is the shorter one to read.
    index = keys.UNPUBLISHED if selection.state in states.OPEN_STATES else keys.BY_CLIENT
    after: store.Item | None = None
    if selection.after:
        accepted, job_id = selection.after
        after = {"pk": keys.job(job_id), keys.INDEXES[index][0]: client_id, "t_accepted": accepted}
    for entry in indexes.entries(index, client_id, since=selection.since, after=after):
        if entry["pk"].startswith(keys.job("")):  # a batch is there until its jobs are queued
            yield entry


def _of_batch(batch: Sequence[str], selection: Selection) -> Iterator[store.Item]:
    """Yield an entry for each job of a batch after the cursor's, whose time is of no use here."""
    begin = batch.index(selection.after[1]) + 1 if selection.after and selection.after[1] in batch else 0
    for job_id in batch[begin:]:
        yield {"pk": keys.job(job_id), "t_accepted": 0}


def _views(
    entries: Sequence[store.Item], jobs: Mapping[str, store.Item], selection: Selection
) -> Iterator[tuple[store.Item, str]]:
    """Yield each entry with its job as JSON, or empty text if the job is not selected; a few are read ahead."""

    def text(entry: store.Item) -> str:
        job = jobs.get(entry["pk"])
        if job is None or not selection.matches(job):
            return ""
        return json.dumps(view(keys.job_id(entry["pk"]), job, ANSWER_BYTES))

    boto3_client("s3")  # boto3 makes clients in one thread at a time
    with ThreadPoolExecutor(READS) as pool:
        for start in range(0, len(entries), READS):
            part = entries[start : start + READS]
            yield from zip(part, pool.map(text, part), strict=True)


def _page(views: list[str], cursor: str | None) -> str:
    return f'{{"jobs": [{", ".join(views)}], "cursor": {json.dumps(cursor)}}}'
