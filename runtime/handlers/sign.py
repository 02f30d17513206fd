"""`GET /sign?key=`: a fresh address for one of the caller's outputs."""

import re

from runtime.contracts import keys
from runtime.contracts.variables import handler_names
from runtime.handlers.http.auth import authenticate
from runtime.handlers.http.endpoint import endpoint
from runtime.handlers.http.exchange import Request, Response, respond
from runtime.handlers.job.result.outputs import sign, url_seconds
from runtime.handlers.log import Line
from runtime.handlers.problem import Problem, faults

_OUTPUT = re.compile(
    rf"results/{keys.CLIENT_ID_PATTERN}/({keys.JOB_ID_PATTERN})/(?:[0-9a-f]{{8}}/)?[A-Za-z0-9_-][A-Za-z0-9._-]*"
)


@endpoint(handler_names.SIGN)
def handler(request: Request, line: Line) -> Response:
    """Answer 200 with the address."""
    caller = authenticate(request, line)
    key = request.query.get("key", "")
    if not key:
        raise faults([("?key", "is required")])
    job_id = _own_job(key, caller.client_id)
    if job_id is None:
        raise Problem("forbidden", "This key is not one of your outputs.")
    line.add(job_id=job_id)
    return respond(200, {"url": sign(key), "expires_in": url_seconds()})


def _own_job(key: str, client_id: str) -> str | None:
    """Return the job that made the output; None if the key is not below this client's own prefix."""
    output = _OUTPUT.fullmatch(key)
    if output is None or not key.startswith(keys.results_prefix(client_id, output[1])):
        return None
    return output[1]
