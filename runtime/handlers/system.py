"""`GET /operations/system`: what an operator sees of the system. Its role reads, and changes nothing."""

from runtime.contracts.variables import handler_names
from runtime.handlers.http.endpoint import endpoint
from runtime.handlers.http.exchange import Request, Response, respond
from runtime.handlers.http.operators import check_operator
from runtime.handlers.log import Line
from runtime.handlers.operation.look import look
from runtime.handlers.table import store


@endpoint(handler_names.SYSTEM)
def handler(request: Request, line: Line) -> Response:
    """Answer 200 with how the system does."""
    check_operator(request, line, sign_in=True)
    return respond(200, look(store.now_ms()))
