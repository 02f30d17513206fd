"""Wraps a handler: parses the event, turns errors into problems, writes the call's one log line."""

import traceback
from collections.abc import Callable
from typing import Any, Final

from botocore.exceptions import BotoCoreError, ClientError, ParamValidationError

from runtime.contracts import aws_codes
from runtime.handlers.http import callers
from runtime.handlers.http.exchange import Request, Response, parse, respond_problem
from runtime.handlers.log import Line
from runtime.handlers.problem import Problem

_PASSING: Final = aws_codes.BUSY | aws_codes.RENEWING | aws_codes.DENIED | aws_codes.NO_SUCH_QUEUE


def endpoint(name: str) -> Callable[[Callable[[Request, Line], Response]], Callable[[dict[str, Any], Any], Response]]:
    """Make `function(request, line) -> response` the Lambda handler called `name`."""

    def decorate(function: Callable[[Request, Line], Response]) -> Callable[[dict[str, Any], Any], Response]:
        def handler(event: dict[str, Any], context: Any) -> Response:
            line = Line(name, context)
            level = "info"
            try:
                callers.check(event["requestContext"]["http"].get("sourceIp", ""))
                request = parse(event)
                line.add(route=request.route)
                if request.query:
                    from runtime.handlers.http.known_query import check_query  # most calls have none

                    check_query(request)
                response = function(request, line)
            except Exception as error:
                problem = _problem(error)
                response = respond_problem(problem)
                line.add(code=problem.code)
                if problem is not error and problem.code != "not_json":
                    level = "error"
                    # The stack without the message: a message may quote what the request said.
                    line.add(error=type(error).__name__, stack=traceback.format_tb(error.__traceback__))
                if isinstance(error, ClientError):
                    line.add(aws=aws_codes.code(error.response), operation=error.operation_name)
            line.write(level, response["statusCode"])
            return response

        return handler

    return decorate


def _problem(error: Exception) -> Problem:
    if isinstance(error, Problem):
        return error
    if isinstance(error, RecursionError):  # nothing recurses here but JSON; whoever reads it goes deeper than others
        return Problem("not_json", "The body is nested too deeply.")
    if _may_pass(error):
        return Problem("unavailable", "A service behind the API did not answer; try again in a moment.")
    return Problem("internal_error", "The API failed; the call is logged under its request id.")


def _may_pass(error: Exception) -> bool:
    """Return whether the same call may be answered in a moment: an outage, or permissions that are not known yet."""
    if isinstance(error, ClientError):
        code, status = aws_codes.code(error.response), aws_codes.status(error.response)
        return code in _PASSING or status >= 500 or status == 429
    if isinstance(error, ParamValidationError):
        return False
    return isinstance(error, (BotoCoreError, TimeoutError))  # also credentials that cannot be read now
