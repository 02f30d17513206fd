"""The API's routes: one table, from which the OpenAPI document is made."""

from dataclasses import dataclass
from typing import Any, Final

from runtime.contracts import handler_names, keys, states

Parameter = tuple[str, str, bool, dict[str, Any], str]  # in, name, required, schema, description
TEXT: Final[dict[str, Any]] = {"type": "string"}
ALWAYS: Final = ("address_not_allowed", "unavailable", "internal_error")
OWNED: Final = ("unauthorized", "forbidden")


@dataclass(frozen=True, kw_only=True)
class Route:
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
    operator: bool = False
    """Whether it is the operators' alone: called with a signature of AWS, whatever the stack asks of its clients."""
    sign_in: bool = False
    """Whether an operators' route asks for a sign-in with `operatorsScope` instead, if the stack has that."""
    per_algorithm: bool = False
    media: str = "application/json"
    batch: tuple[str, str] = ("", "")
    """The request of many jobs in one call and its response, if the call takes one."""
    share: float = 1.0
    """Of the requests that the API takes of any other route: a call that costs more is taken less often."""

    @property
    def key(self) -> str:
        """By which API Gateway knows it."""
        return f"{self.method} {self.path}"


def _idempotency(least: int) -> Parameter:
    schema = {"type": "string", "minLength": least, "maxLength": 128, "pattern": "^[!-~]+$"}
    return ("header", "Idempotency-Key", False, schema, "the same key with the same request acts once")


_TRACE: Final[Parameter] = (
    "header",
    keys.TRACEPARENT,
    False,
    TEXT,
    "W3C Trace Context: the job becomes part of the caller's trace; a value that cannot be read is ignored",
)
_QUEUE: Final[Parameter] = ("query", "queue", True, TEXT, "the queue_url that provisioning answered")
_JOB: Final[Parameter] = ("path", "job_id", True, {"type": "string", "pattern": f"^{keys.JOB_ID_PATTERN}$"}, "the job")
_BATCH: Final[Parameter] = (
    "path",
    "batch_id",
    True,
    {"type": "string", "pattern": f"^{keys.BATCH_ID_PATTERN}$"},
    "the batch",
)
_SINCE: Final[Parameter] = (
    "query",
    "since",
    False,
    {"type": "integer", "minimum": 0},
    "accepted at this time or later, in ms",
)
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
        method="GET",
        path="/algorithms",
        handler=handler_names.CATALOGUE,
        operation="listAlgorithms",
        summary="The installed algorithms with their parameters",
        status=200,
        answers="the catalogue",
        response="Catalogue",
        token=False,
        codes=("address_not_allowed", "internal_error"),
    ),
    Route(
        method="GET",
        path="/openapi.json",
        handler=handler_names.CATALOGUE,
        operation="describe",
        summary="This document",
        status=200,
        answers="OpenAPI 3.1",
        response="object",
        token=False,
        codes=("address_not_allowed", "internal_error"),
    ),
    Route(
        method="GET",
        path="/docs",
        handler=handler_names.CATALOGUE,
        operation="docs",
        summary="This API described for people",
        status=200,
        answers="one HTML page, which loads nothing else",
        response="string",
        media="text/html",
        token=False,
        codes=("address_not_allowed", "internal_error"),
    ),
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
        parameters=(_idempotency(16),),
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
    Route(
        method="POST",
        path="/process/{algorithm}",
        handler=handler_names.ROUTER,
        operation="process",
        summary="Run an algorithm on one input, or on each of a list of inputs",
        status=202,
        answers="the job; for a list of inputs the batch, accepted as a whole",
        response="Accepted",
        request="ProcessRequest",
        batch=("BatchRequest", "AcceptedBatch"),
        parameters=(_idempotency(1), _TRACE),
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
        method="GET",
        path="/jobs",
        handler=handler_names.JOBS,
        operation="jobs",
        summary="The caller's jobs with their results, newest first, as the table has them, even if a message was lost",
        status=200,
        answers="a page of jobs, and the next page's cursor; even a page with few jobs, or none, may have a cursor",
        response="JobList",
        parameters=(
            ("query", "state", False, {"enum": [*states.OPEN_STATES, *states.END_STATES]}, "only jobs in this state"),
            ("query", "algorithm", False, TEXT, "only jobs of this algorithm"),
            ("query", "batch", False, TEXT, "only jobs of this batch, in the order of its inputs"),
            _SINCE,
            ("query", "cursor", False, TEXT, "the cursor of an earlier page; all other parameters stay the same"),
        ),
        codes=(*OWNED, "invalid_request", *ALWAYS),
    ),
    Route(
        method="GET",
        path="/jobs/{job_id}",
        handler=handler_names.JOBS,
        operation="job",
        summary="The state of a job",
        status=200,
        answers="the job",
        response="JobView",
        parameters=(_JOB,),
        codes=(*OWNED, *ALWAYS),
    ),
    Route(
        method="DELETE",
        path="/jobs/{job_id}",
        handler=handler_names.JOBS,
        operation="cancel",
        summary="Cancel a job",
        status=202,
        answers="cancelled, or being stopped",
        response="CancelView",
        parameters=(_JOB,),
        codes=(*OWNED, "already_ended", *ALWAYS),
    ),
    Route(
        method="GET",
        path="/batches/{batch_id}",
        handler=handler_names.JOBS,
        operation="batch",
        summary="The state of a batch: its jobs by state, progress and estimate",
        status=200,
        answers="the batch",
        response="BatchView",
        parameters=(_BATCH,),
        codes=(*OWNED, *ALWAYS),
    ),
    Route(
        method="DELETE",
        path="/batches/{batch_id}",
        handler=handler_names.JOBS,
        operation="cancelBatch",
        summary="Cancel all jobs of a batch that have not ended",
        status=202,
        answers="each is cancelled, or being stopped by its worker",
        response="BatchView",
        parameters=(_BATCH,),
        codes=(*OWNED, "already_ended", *ALWAYS),
    ),
    Route(
        method="GET",
        path="/proxy-sqs",
        handler=handler_names.PROXY,
        operation="poll",
        summary="Wait for results; each is delivered at least once, until it is acknowledged",
        status=200,
        answers="the results that waited",
        response="Deliveries",
        parameters=(_QUEUE, _WAIT),
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
            _QUEUE,
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
        parameters=(("query", "key", True, TEXT, "the output's key"),),
        codes=("invalid_request", *OWNED, *ALWAYS),
    ),
    Route(
        method="GET",
        path="/operations/failures",
        handler=handler_names.FAILURES,
        operation="failures",
        summary="Jobs of all clients that failed or timed out, dead letters among them, newest first, for operators",
        status=200,
        answers="a page of failures, and the next page's cursor; even a page with few of them, or none, may have one",
        response="FailureList",
        parameters=(
            ("query", "reason", False, TEXT, "only those with this code"),
            ("query", "algorithm", False, TEXT, "only jobs of this algorithm"),
            _SINCE,
            ("query", "cursor", False, TEXT, "the cursor of an earlier page; all other parameters stay the same"),
        ),
        codes=("forbidden", "invalid_request", *ALWAYS),
        token=False,
        operator=True,
    ),
    Route(
        method="POST",
        path="/operations/failures/retry",
        handler=handler_names.FAILURES,
        operation="retryFailures",
        summary="Send failed jobs anew, each for its own client, for operators",
        status=200,
        answers="the new job of each; or why a job was not sent: `not_a_failure`, `client_removed`, "
        "`too_many_open_jobs`, `unavailable`",
        response="Settled",
        request="FailedJobs",
        codes=("not_json", "bad_request", "forbidden", "body_too_large", "invalid_request", *ALWAYS),
        token=False,
        operator=True,
    ),
    Route(
        method="POST",
        path="/operations/failures/discard",
        handler=handler_names.FAILURES,
        operation="discardFailures",
        summary="Take failed jobs off the list of failures; nothing else of them changes, for operators",
        status=200,
        answers="those that are off the list; or why a job is not: `not_a_failure`",
        response="Settled",
        request="FailedJobs",
        codes=("not_json", "bad_request", "forbidden", "body_too_large", "invalid_request", *ALWAYS),
        token=False,
        operator=True,
    ),
    Route(
        method="GET",
        path="/operations/system",
        handler=handler_names.SYSTEM,
        operation="system",
        summary="How each algorithm does, and why jobs failed, for operators",
        status=200,
        answers="queues, tasks, durations of the last day beside what is declared, and failures by reason",
        response="SystemView",
        codes=("forbidden", *ALWAYS),
        token=False,
        operator=True,
        sign_in=True,
    ),
)
# fmt: on
