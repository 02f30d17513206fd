"""The API's routes: one table, from which the OpenAPI document is made."""

from typing import Any, Final, NamedTuple

from runtime.contracts import states

Parameter = tuple[str, str, bool, dict[str, Any], str]  # in, name, required, schema, description
TEXT: Final[dict[str, Any]] = {"type": "string"}
ALWAYS: Final = ("address_not_allowed", "unavailable", "internal_error")
OWNED: Final = ("unauthorized", "forbidden")


class Route(NamedTuple):
    """One call: who handles it, what it takes and what it answers."""

    method: str
    path: str
    handler: str
    operation: str
    summary: str
    status: int
    answers: str
    response: str = ""
    request: str = ""
    parameters: tuple[Parameter, ...] = ()
    codes: tuple[str, ...] = ALWAYS
    token: bool = True
    per_algorithm: bool = False


def _idempotency(least: int) -> Parameter:
    schema = {"type": "string", "minLength": least, "maxLength": 128, "pattern": "^[!-~]+$"}
    return ("header", "Idempotency-Key", False, schema, "the same key with the same request acts once")


_QUEUE: Final[Parameter] = ("query", "queue", True, TEXT, "the queue_url that provisioning answered")
_JOB: Final[Parameter] = ("path", "job_id", True, {"type": "string", "pattern": "^[0-9a-f]{32}$"}, "the job")
_WAIT: Final[Parameter] = (
    "query",
    "wait",
    False,
    {"type": "integer", "minimum": 0, "maximum": 20, "default": 20},
    "seconds to wait for a first message",
)

# fmt: off - one route a paragraph
ROUTES: Final = (
    Route(
        "GET",
        "/algorithms",
        "catalogue",
        "listAlgorithms",
        "The installed algorithms with their parameters",
        200,
        "the catalogue",
        "Catalogue",
        token=False,
        codes=("address_not_allowed", "internal_error"),
    ),
    Route(
        "GET",
        "/openapi.json",
        "catalogue",
        "describe",
        "This document",
        200,
        "OpenAPI 3.1",
        "object",
        token=False,
        codes=("address_not_allowed", "internal_error"),
    ),
    Route(
        "POST",
        "/provision",
        "provision",
        "provision",
        "Make a client with a queue of its own",
        201,
        "the client; with a known Idempotency-Key the same client with a new token, the old one revoked",
        "Provisioned",
        "ProvisionRequest",
        (_idempotency(16),),
        token=False,
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
        "DELETE",
        "/provision",
        "provision",
        "unprovision",
        "Remove the client, its queue and its subscription, and cancel its open jobs",
        204,
        "removed",
        codes=("unauthorized", *ALWAYS),
    ),
    Route(
        "POST",
        "/process/{algorithm}",
        "router",
        "process",
        "Run an algorithm",
        202,
        "the job",
        "Accepted",
        "ProcessRequest",
        (_idempotency(1),),
        per_algorithm=True,
        codes=(
            "not_json",
            "bad_request",
            *OWNED,
            "unknown_algorithm",
            "idempotency_conflict",
            "body_too_large",
            "invalid_request",
            "unsupported_scope",
            "too_many_open_jobs",
            *ALWAYS,
        ),
    ),
    Route(
        "GET",
        "/jobs",
        "jobs",
        "jobs",
        "The caller's jobs with their results, newest first, as the table has them, even if a message was lost",
        200,
        "a page of jobs, and the next page's cursor; even a page with few jobs, or none, may have a cursor",
        "JobList",
        parameters=(
            ("query", "state", False, {"enum": [*states.OPEN_STATES, *states.END_STATES]}, "only jobs in this state"),
            ("query", "algorithm", False, TEXT, "only jobs of this algorithm"),
            ("query", "since", False, {"type": "integer", "minimum": 0}, "accepted at this time or later, in ms"),
            ("query", "cursor", False, TEXT, "the cursor of an earlier page; all other parameters stay the same"),
        ),
        codes=("unauthorized", "invalid_request", *ALWAYS),
    ),
    Route(
        "GET",
        "/jobs/{job_id}",
        "jobs",
        "job",
        "The state of a job",
        200,
        "the job",
        "JobView",
        parameters=(_JOB,),
        codes=(*OWNED, *ALWAYS),
    ),
    Route(
        "DELETE",
        "/jobs/{job_id}",
        "jobs",
        "cancel",
        "Cancel a job",
        202,
        "cancelled, or being stopped",
        "CancelView",
        parameters=(_JOB,),
        codes=(*OWNED, "already_ended", *ALWAYS),
    ),
    Route(
        "GET",
        "/proxy-sqs",
        "proxy",
        "poll",
        "Wait for results; each is delivered at least once, until it is acknowledged",
        200,
        "the results that waited",
        "Deliveries",
        parameters=(_QUEUE, _WAIT),
        codes=("invalid_request", *OWNED, *ALWAYS),
    ),
    Route(
        "DELETE",
        "/proxy-sqs",
        "proxy",
        "acknowledge",
        "Acknowledge results",
        204,
        "all acknowledged",
        parameters=(
            _QUEUE,
            ("query", "receipt", True, TEXT, "as delivered with the result; at most ten, separated by commas"),
        ),
        codes=("invalid_request", *OWNED, "stale_receipt", *ALWAYS),
    ),
    Route(
        "GET",
        "/sign",
        "sign",
        "sign",
        "A fresh address of one of the caller's outputs",
        200,
        "the address",
        "SignedUrl",
        parameters=(("query", "key", True, TEXT, "the output's key"),),
        codes=("invalid_request", *OWNED, *ALWAYS),
    ),
)
# fmt: on
