"""Makes a request into a batch: all of its jobs are accepted, or none."""

import json
import time
import uuid
from collections.abc import Mapping
from typing import Any, Final

from botocore.exceptions import BotoCoreError, ClientError

from runtime.contracts import keys, states, traceparent
from runtime.contracts.traceparent import Context
from runtime.handlers.batch import batch as batches
from runtime.handlers.batch.complete import complete
from runtime.handlers.http.auth import Client
from runtime.handlers.job.request.claim import Claim, claimed
from runtime.handlers.job.request.quota import check_jobs, most_jobs
from runtime.handlers.job.request.submit import service_record
from runtime.handlers.log import Line
from runtime.handlers.problem import Problem, faults
from runtime.handlers.scaling.poke import poke
from runtime.handlers.table import store
from runtime.handlers.trace import context, spans
from runtime.handlers.trace.queue import hand_over

# API Gateway waits 30 s for the answer; what is not sent by then is sent by the sweeper.
SECONDS: Final = 20.0
# Of what all jobs share: each job's item and message holds it.
SHARED_BYTES: Final = 16 * 1024


def accept(
    caller: Client,
    algorithm: str,
    body: dict[str, Any],
    claim: Claim | None,
    line: Line,
    headers: Mapping[str, str],
) -> dict[str, Any]:
    """Return the answer for the request's batch; the same batch for the same idempotency key.

    One write accepts the batch. Whatever fails after that, its jobs are made and sent by a repeated call, or by the
    sweeper within minutes: nothing is lost, and nothing is done twice.
    """
    end = time.monotonic() + SECONDS
    record = service_record(algorithm)
    batch_id, is_new = claimed(caller, algorithm, body, claim, f"b-{uuid.uuid4().hex}")
    batch = None if is_new else store.get(keys.batch(batch_id))
    if batch is None:
        parent = context.of_request(batch_id, headers)
        line.add(**context.logged(parent))
        batch = _keep(caller, algorithm, body, batch_id, record, parent)
        hand_over(_span(batch, parent), line)
    line.add(batch_id=batch_id, jobs=batch["jobs"])
    queued = "t_queued" in batch
    if not queued:
        try:
            queued = complete(batch, record, lambda: time.monotonic() < end)
        # Accepted is accepted: the caller need not send it again.
        except (BotoCoreError, ClientError, TimeoutError) as error:
            line.add(left_to_sweeper=f"{type(error).__name__}: {error}")
        line.add(scaler=poke(algorithm, overflow=batch["direct"] == 0))
    return {
        "batch_id": batch_id,
        "job_ids": batches.job_ids(batch),
        "state": states.QUEUED if queued else states.ACCEPTED,
    }


def _keep(
    caller: Client, algorithm: str, body: dict[str, Any], batch_id: str, record: store.Item, parent: Context | None
) -> store.Item:
    """Write the batch, unless an earlier call did; return it as it stands."""
    number, most = len(body["pacs"]), most_jobs()
    if number > most:
        limit = f"has {number} inputs, and at most {most} jobs may be open (imaging:maxOpenJobs): send fewer at a time"
        raise faults([("/pacs", limit)])
    shared = len(json.dumps({**body, "pacs": []}))
    if shared > SHARED_BYTES:
        limit = f"at most {SHARED_BYTES} are accepted, because each job holds them."
        raise Problem("body_too_large", f"Parameters and inputs of the batch have {shared} bytes; {limit}")
    open_jobs = check_jobs(caller.client_id, number)
    under = context.fields(traceparent.own(batch_id, parent)) if parent else {}
    batch = batches.item(caller, algorithm, body, batch_id, record, open_jobs, under)
    if store.put_new(batch):
        return batch
    return store.get(batch["pk"]) or batch


def _span(batch: store.Item, parent: Context | None) -> list[spans.Span]:
    """Return the span under which those of the batch's jobs are: its acceptance."""
    if parent is None:
        return []
    whole = traceparent.own(batches.batch_id(batch), parent)
    attributes: spans.Attributes = {
        "imaging.batch_id": batches.batch_id(batch),
        "imaging.client_id": batch["owner"],
        "imaging.algorithm": batch["algorithm"],
        "imaging.jobs": int(batch["jobs"]),
    }
    above = "" if whole.span_id == parent.span_id else parent.span_id
    name, start = f"batch {batch['algorithm']}", int(batch["t_accepted"])
    return [spans.Span(spans.API, name, spans.SERVER, whole, above, start, store.now_ms(), attributes)]
