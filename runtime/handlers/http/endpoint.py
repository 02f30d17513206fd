"""Wraps a handler: parses the event, turns errors into problems, writes the call's one log line."""

import traceback
from collections.abc import Callable
from typing import Any

from botocore.exceptions import ClientError, ConnectionError, HTTPClientError

from runtime.contracts import aws_codes
from runtime.handlers.http import callers
from runtime.handlers.http.exchange import Request, Response, parse, respond_problem
from runtime.handlers.log import Line
from runtime.handlers.problem import Problem


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
    if isinstance(error, (ConnectionError, HTTPClientError)) or (isinstance(error, ClientError) and _busy(error)):
        return Problem("unavailable", "A service behind the API did not answer; try again in a moment.")
    return Problem("internal_error", "The API failed; the call is logged under its request id.")


def _busy(error: ClientError) -> bool:
    status = error.response.get("ResponseMetadata", {}).get("HTTPStatusCode", 0)
    return aws_codes.code(error.response) in aws_codes.BUSY or status >= 500
