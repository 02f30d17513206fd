"""`GET /operations/failures`, and `POST` of `/retry` and `/discard` below it: failed jobs of all clients."""

from typing import Any

from runtime.contracts.variables import handler_names
from runtime.handlers import compiled
from runtime.handlers.failure import failure_list, settle
from runtime.handlers.http.endpoint import endpoint
from runtime.handlers.http.exchange import Request, Response, read_json, respond
from runtime.handlers.http.operators import check_operator
from runtime.handlers.log import Line
from runtime.handlers.problem import faults


@endpoint(handler_names.FAILURES)
def handler(request: Request, line: Line) -> Response:
    """Answer 200 with a page of failures, or with what became of those that were to be retried or discarded."""
    check_operator(request, line)
    if request.method == "GET":
        return respond(200, failure_list.answer(request.query))
    body: Any = read_json(request.body)
    if errors := compiled.check("failed_jobs")(body):
        raise faults(errors)
    done = settle.settle_all(body["job_ids"], settle.retry if request.path.endswith("/retry") else settle.discard)
    line.add(settled=[each["job_id"] for each in done["settled"]], refused=len(done["refused"]))
    return respond(200, done)
