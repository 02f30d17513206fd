"""`GET /jobs`, and GET and DELETE of `/jobs/{job_id}` and `/batches/{batch_id}`: their state, their cancellation."""

from runtime.contracts import keys
from runtime.contracts.variables import handler_names
from runtime.handlers.batch.batch import batch_id, job_ids
from runtime.handlers.batch.cancel import cancel_batch
from runtime.handlers.batch.view import view as view_batch
from runtime.handlers.http.auth import Client, authenticate
from runtime.handlers.http.endpoint import endpoint
from runtime.handlers.http.exchange import Request, Response, respond
from runtime.handlers.job import job_list
from runtime.handlers.job.cancel import cancel
from runtime.handlers.job.view import view
from runtime.handlers.log import Line
from runtime.handlers.problem import Problem
from runtime.handlers.table import store


@endpoint(handler_names.JOBS)
def handler(request: Request, line: Line) -> Response:
    """Answer 200 with the job or a page of jobs, or 202 with its state after the cancellation."""
    caller = authenticate(request, line)
    if "batch_id" in request.parameters:
        return _batch(request, find_batch(caller, request.parameters["batch_id"]), line)
    if "job_id" not in request.parameters:
        batch_id = request.query.get("batch")
        listed = None if batch_id is None else job_ids(find_batch(caller, batch_id))
        return respond(200, job_list.answer(caller.client_id, request, listed))
    job = find(caller, request.parameters["job_id"])
    job_id = keys.job_id(job["pk"])
    line.add(job_id=job_id, algorithm=job["algorithm"])
    if request.method == "DELETE":
        return respond(202, {"job_id": job_id, "state": cancel(job)})
    return respond(200, view(job_id, job))


def _batch(request: Request, batch: store.Item, line: Line) -> Response:
    line.add(batch_id=batch_id(batch), algorithm=batch["algorithm"])
    if request.method != "DELETE":
        return respond(200, view_batch(batch))
    cancelled = cancel_batch(batch)
    line.add(cancelled=cancelled)
    if not cancelled:
        raise Problem("already_ended", "All jobs of the batch have already ended.")
    return respond(202, view_batch({**batch, "cancel_requested": True}))


def find(caller: Client, job_id: str) -> store.Item:
    """Return the caller's job; the same problem whether it is another's or does not exist."""
    job = store.get(keys.job(job_id)) if keys.JOB_ID.fullmatch(job_id) else None
    if job is None or job["client_id"] != caller.client_id:
        raise Problem("forbidden", "This is not one of your jobs; `GET /jobs` lists them.")
    return job


def find_batch(caller: Client, batch_id: str) -> store.Item:
    """Return the caller's batch; the same problem whether it is another's or does not exist."""
    batch = store.get(keys.batch(batch_id)) if keys.BATCH_ID.fullmatch(batch_id) else None
    if batch is None or batch["owner"] != caller.client_id:
        raise Problem("forbidden", "This is not one of your batches; `GET /jobs` has the `batch_id` of each job.")
    return batch
