"""RFC 9457 problems, in the same form and with the same codes as the processing API's."""

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from runtime.contracts import problems
from runtime.contracts.codes import CODES
from runtime.contracts.problems import Faults
from runtime.errors import PermanentError, TransientError

# Codes that elsewhere end jobs; here they answer a call.
STATUS = {"input_forbidden": 403, "input_not_found": 404, "input_unreadable": 422, "input_unsupported": 422}


class PacsProblem(Exception):  # noqa: N818 - RFC 9457's word
    """Ends a call: `faults` are (JSON pointer, detail), or ("?name", detail) for a query parameter."""

    def __init__(self, code: str, detail: str, faults: Faults = (), status: int | None = None) -> None:
        super().__init__(code)
        self.code = code
        self.detail = detail
        self.faults = faults
        self.status = status or STATUS.get(code) or CODES[code].status


def unfit(faults: Faults) -> PacsProblem:
    """Return the problem of a request with faults, all of them at once."""
    return PacsProblem("invalid_request", problems.sentence(faults), faults)


def respond(problem: PacsProblem) -> Response:
    """Return a problem as an answer."""
    body = problems.body(problem.code, problem.detail, problem.faults, problem.status)
    return JSONResponse(body, problem.status, {"Cache-Control": "no-store"}, problems.MEDIA_TYPE)


async def on_error(request: Request, error: Exception) -> Response:
    """Turn an error that ends a call into a problem."""
    if isinstance(error, PacsProblem):
        problem = error
    elif isinstance(error, PermanentError):
        problem = PacsProblem(error.code, error.message)
    elif isinstance(error, TransientError):
        problem = PacsProblem("unavailable", "The PACS bucket did not answer; try again in a moment.")
    elif isinstance(error, HTTPException) and error.status_code == 405:
        problem = PacsProblem("bad_request", f"This address does not take {request.method}.", status=405)
    else:
        problem = PacsProblem("not_found", "There is nothing at this address; see /openapi.json.")
    response = respond(problem)
    if isinstance(error, HTTPException) and error.headers:
        response.headers.update(error.headers)
    return response


def fail(_: Exception) -> Response:
    """Return the answer to an unexpected error."""
    return respond(PacsProblem("internal_error", "The PACS API failed; try again."))
