"""Every stable error code: its HTTP status if it answers a call, and whether the same request can succeed later.

Plain Python: the Lambda bundle carries this file.
"""

from typing import Final, NamedTuple


class Code(NamedTuple):
    """What a code means. `status` is 0 for codes that only end jobs."""

    status: int
    title: str
    retryable: bool


CODES: Final[dict[str, Code]] = {
    # answers of the API
    "not_json": Code(400, "The body is not JSON", False),
    "bad_request": Code(400, "The request cannot be understood", False),
    "not_signed_in": Code(401, "A JSON web token of the stack's issuer is needed", False),
    "unauthorized": Code(401, "A valid client token is needed", False),
    "forbidden": Code(403, "This is not yours", False),
    "address_not_allowed": Code(403, "Calls from this address are not allowed", False),
    "unknown_algorithm": Code(404, "No such algorithm", False),
    "not_found": Code(404, "No such address", False),
    "not_acceptable": Code(406, "No such representation", False),
    "idempotency_conflict": Code(409, "The idempotency key was used for another request", False),
    "already_ended": Code(409, "The job has already ended", False),
    "not_a_failure": Code(409, "The job is not among the failures", False),
    "client_removed": Code(409, "The client of the job is no longer there", False),
    "stale_receipt": Code(409, "The receipt is no longer valid", False),
    "body_too_large": Code(413, "The body is too large", False),
    "invalid_request": Code(422, "The request does not fit the schema", False),
    "unsupported_scope": Code(422, "The algorithm does not take this scope", False),
    "too_many_open_jobs": Code(429, "The client has reached its limit of open jobs", True),
    "too_many_own_clients": Code(429, "The sign-in has reached its limit of clients", True),
    "too_many_clients": Code(503, "No room for another client", True),
    "unavailable": Code(503, "A service behind the API did not answer", True),
    "internal_error": Code(500, "The API failed", True),
    # ends of jobs
    "input_forbidden": Code(0, "The service may not read the PACS bucket", False),
    "input_not_found": Code(0, "The input is not in the PACS", False),
    "input_unreadable": Code(0, "The input cannot be decoded", False),
    "input_unsupported": Code(0, "The algorithm cannot take this input", False),
    "invalid_parameters": Code(0, "The parameters do not fit the algorithm", False),
    "algorithm_failed": Code(0, "The algorithm raised an error", False),
    "algorithm_crashed": Code(0, "The algorithm's process died", False),
    "out_of_memory": Code(0, "The algorithm needed more memory than it declares", False),
    "timed_out": Code(0, "The algorithm took longer than it declares", False),
    "invalid_result": Code(0, "The algorithm returned something other than a result", False),
    "cancelled": Code(0, "The job was cancelled", False),
    "dead_lettered": Code(0, "The job could not be processed after several attempts", True),
    "too_old": Code(0, "The job did not end within the longest time that a job may take", True),
    "bad_message": Code(0, "The request message cannot be read", False),
}

# The message for a job that has used up its attempts or receives.
EXHAUSTED: Final = "The job could not be processed after several attempts; it may be sent again."
