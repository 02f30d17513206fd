"""What a batch is: one item of the jobs table that holds all that its jobs are made from.

That item alone decides whether the batch is accepted: all jobs follow from it, whoever makes them, and however often.
"""

import base64
import hashlib
import json
import zlib
from typing import Any

from runtime.contracts import keys
from runtime.contracts.results import fit
from runtime.handlers.callback import table as callbacks
from runtime.handlers.http.auth import Client
from runtime.handlers.job.request import new_job
from runtime.handlers.table import store


def item(
    caller: Client,
    algorithm: str,
    body: dict[str, Any],
    batch_id: str,
    record: store.Item,
    open_jobs: int,
    further: dict[str, str],
) -> store.Item:
    """Return the item of a new batch.

    `open_jobs` is how many its client has without it, `further` what the messages of its jobs hold besides.
    """
    references: list[dict[str, Any]] = body["pacs"]
    accepted = store.now_ms()
    told = callbacks.keep(batch_id, body["callback"])
    # What the client has open beyond its share waits on the overflow queue.
    share = int(record["fair_share"]) if "overflow_queue_url" in record else open_jobs + len(references)
    return {
        "pk": keys.batch(batch_id),
        "owner": caller.client_id,
        "shard": caller.shard,
        "algorithm": algorithm,
        "jobs": len(references),
        "direct": max(0, min(len(references), share - open_jobs)),
        "request": fit.dumps({**new_job.message(caller, algorithm, body, accepted), **told, **further}),
        "references": _pack(references),
        "t_accepted": accepted,
        "untold_to": caller.client_id,
        "expires": store.expires(keys.JOB_TTL_SECONDS),
    }


def batch_id(batch: store.Item) -> str:
    """Return the batch's id."""
    return batch["pk"].removeprefix(keys.batch(""))


def job_ids(batch: store.Item) -> list[str]:
    """Return the ids of the batch's jobs: they follow from its own, so that nobody makes a job twice."""
    own = batch_id(batch)
    return [hashlib.sha256(f"{own}/{number}".encode()).hexdigest()[:32] for number in range(batch["jobs"])]


def jobs(batch: store.Item) -> list[store.Item]:
    """Return the items of the batch's jobs as they are at first."""
    message = json.loads(batch["request"])
    made: list[store.Item] = []
    for number, (job_id, pacs) in enumerate(zip(job_ids(batch), _unpack(batch["references"]), strict=True)):
        job = new_job.item(job_id, {**message, "job_id": job_id, "pacs": pacs})
        overflow = {"overflow": True} if number >= batch["direct"] else {}
        made.append({**job, "batch_id": batch_id(batch), "expires": batch["expires"], **overflow})
    return made


def _pack(references: list[dict[str, Any]]) -> str:
    """Return references as text: most share their study and series, and each kilobyte of an item is a write unit."""
    return base64.b64encode(zlib.compress(fit.dumps(references).encode())).decode()


def _unpack(text: str) -> list[dict[str, Any]]:
    return json.loads(zlib.decompress(base64.b64decode(text)))
