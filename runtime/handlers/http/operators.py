"""Lets operators alone pass: API Gateway has verified who signed the call or signed in, and that they are operators."""

import os

from runtime.contracts.variables import handler_variables
from runtime.handlers.http.exchange import Request
from runtime.handlers.log import Line
from runtime.handlers.problem import Problem


def check_operator(request: Request, line: Line, *, sign_in: bool = False) -> None:
    """Raise a Problem unless the call was signed for AWS, and log who signed it.

    With `sign_in`, a JSON web token with the stack's scope of operators is as good. The routes ask for all that
    themselves. This holds if somebody takes it away from them by hand.
    """
    scope = os.environ.get(handler_variables.OPERATORS_SCOPE) if sign_in else None
    if not request.operator and not (scope and scope in request.scopes):
        raise Problem("forbidden", "Operators alone may call this.")
    line.add(operator=request.operator or request.subject)
