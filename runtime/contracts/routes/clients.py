"""A client comes and goes."""

from typing import Final

from runtime.contracts.routes.parameters import idempotency
from runtime.contracts.routes.route import ALWAYS, Route
from runtime.contracts.variables import handler_names

ROUTES: Final = (
    Route(
        method="POST",
        path="/provision",
        handler=handler_names.PROVISION,
        operation="provision",
        summary="Make a client with a queue of its own",
        status=201,
        answers="the client; with a known Idempotency-Key the same client with a new token, the old one revoked",
        response="Provisioned",
        request="ProvisionRequest",
        parameters=(idempotency(16),),
        token=False,
        share=0.2,  # makes a queue and a subscription
        codes=(
            "not_json",
            "bad_request",
            "idempotency_conflict",
            "body_too_large",
            "invalid_request",
            "too_many_own_clients",
            "too_many_clients",
            *ALWAYS,
        ),
    ),
    Route(
        method="DELETE",
        path="/provision",
        handler=handler_names.PROVISION,
        operation="unprovision",
        summary="Remove the client, its queue and its subscription, and cancel its open jobs",
        status=204,
        answers="removed",
        codes=("unauthorized", *ALWAYS),
    ),
)
