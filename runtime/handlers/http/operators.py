"""Lets operators alone pass: API Gateway has verified who signed the call, and that a policy allows it."""

from runtime.handlers.http.exchange import Request
from runtime.handlers.log import Line
from runtime.handlers.problem import Problem


def check_operator(request: Request, line: Line) -> None:
    """Raise a Problem unless the call was signed for AWS, and log who signed it.

    The routes ask for the signature themselves. This holds if somebody takes that away from them by hand.
    """
    if not request.operator:
        raise Problem("forbidden", "Operators alone may call this, with a signature of AWS.")
    line.add(operator=request.operator)
