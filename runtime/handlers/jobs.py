"""`GET /jobs`, `GET /jobs/{job_id}` and `DELETE /jobs/{job_id}`: the state of jobs, and the cancellation of one."""

from runtime.contracts import handler_names, keys
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
    if "job_id" not in request.parameters:
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
