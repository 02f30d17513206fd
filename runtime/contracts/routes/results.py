"""How results reach a client."""

from typing import Final

from runtime.contracts.routes.parameters import QUEUE, TEXT, WAIT
from runtime.contracts.routes.route import ALWAYS, OWNED, Route
from runtime.contracts.variables import handler_names

ROUTES: Final = (
    Route(
        method="GET",
        path="/proxy-sqs",
        handler=handler_names.PROXY,
        operation="poll",
        summary="Wait for results; each is delivered at least once, until it is acknowledged",
        status=200,
        answers="the results that waited",
        response="Deliveries",
        parameters=(QUEUE, WAIT),
        codes=("invalid_request", *OWNED, *ALWAYS),
    ),
    Route(
        method="DELETE",
        path="/proxy-sqs",
        handler=handler_names.PROXY,
        operation="acknowledge",
        summary="Acknowledge results",
        status=204,
        answers="all acknowledged",
        parameters=(
            QUEUE,
            ("query", "receipt", True, TEXT, "as delivered with the result; at most ten, separated by commas"),
        ),
        codes=("invalid_request", *OWNED, "stale_receipt", *ALWAYS),
    ),
    Route(
        method="GET",
        path="/sign",
        handler=handler_names.SIGN,
        operation="sign",
        summary="A fresh address of one of the caller's outputs",
        status=200,
        answers="the address",
        response="SignedUrl",
        parameters=(("query", "key", True, {**TEXT, "minLength": 1}, "the output's key"),),
        codes=("invalid_request", *OWNED, *ALWAYS),
    ),
)
