"""`GET /jobs`, `GET /jobs/{job_id}` and `DELETE /jobs/{job_id}`: the state of jobs, and the cancellation of one."""

import json
from typing import Any

from runtime.contracts import keys, states
from runtime.handlers import results, store
from runtime.handlers.auth import Client, authenticate
from runtime.handlers.endpoint import endpoint
from runtime.handlers.http import Problem, Request, Response, respond
from runtime.handlers.log import Line


@endpoint("jobs")
def handler(request: Request, line: Line) -> Response:
    """Answer 200 with the job or a page of jobs, or 202 with its state after the cancellation."""
    caller = authenticate(request, line)
    if "job_id" not in request.parameters:
        from runtime.handlers import job_list  # it shows jobs as this module does

        return respond(200, job_list.answer(caller.client_id, request))
    job = find(caller, request.parameters["job_id"])
    job_id = job["pk"].removeprefix(keys.job(""))
    line.add(job_id=job_id, algorithm=job["algorithm"])
    if request.method == "DELETE":
        return respond(202, {"job_id": job_id, "state": cancel(job)})
    return respond(200, view(job_id, job))


def find(caller: Client, job_id: str) -> store.Item:
    """Return the caller's job; the same problem whether it is another's or does not exist."""
    job = store.get(keys.job(job_id)) if keys.JOB_ID.fullmatch(job_id) else None
    if job is None or job["client_id"] != caller.client_id:
        raise Problem("forbidden", "This is not one of your jobs.")
    return job


def view(job_id: str, job: store.Item) -> dict[str, Any]:
    """Return what the client sees of its job."""
    return {
        "job_id": job_id,
        "algorithm": job["algorithm"],
        "state": job["state"],
        "progress": 1 if job["state"] in (states.SUCCEEDED, states.PARTIAL) else job.get("progress", 0),
        "attempts": job.get("attempts", 0),
        "hops": results.hops(job),
        "cancel_requested": job.get("cancel_requested", False),
        "error": json.loads(job.get("error") or "null"),
        "result": results.signed(json.loads(job["result"])) if job.get("result") else None,
    }


def cancel(job: store.Item) -> str:
    """Cancel the job at once if no worker has it, otherwise ask its worker to; return the state after that."""
    for _ in range(len(states.OPEN_STATES)):  # it can move on between reading and writing, but only so often
        state = job["state"]
        if state in states.END_STATES:
            break
        if state == states.RUNNING:
            if store.change(job["pk"], {"cancel_requested": True}, "#state = :running", {":running": state}):
                return state
        else:
            message = "The job was cancelled by its client before it started."
            result = results.failure(job, states.CANCELLED, "cancelled", message)
            if results.end(job, result, (states.ACCEPTED, states.QUEUED)):
                results.publish_stored(job["pk"])
                return states.CANCELLED
        job = store.get(job["pk"]) or job
    if job["state"] == states.CANCELLED and "t_published" not in job:  # an earlier call got no further
        results.publish_stored(job["pk"])
        return states.CANCELLED
    raise Problem("already_ended", f"The job has already ended: {job['state']}.")
