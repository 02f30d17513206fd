"""Headers of requests, in lower case, as the handlers get them. Plain Python: the Lambda bundle carries this file."""

from typing import Final

CLIENT_TOKEN_HEADER: Final = "x-client-token"  # noqa: S105 - the name of a header, not a secret
IDEMPOTENCY_HEADER: Final = "idempotency-key"
# W3C Trace Context. Requests carry it, and job messages, SNS messages and those of the clients' queues under this name.
TRACEPARENT: Final = "traceparent"
# Headers that a page of another origin may send to either API.
CALL_HEADERS: Final = ("authorization", "content-type", IDEMPOTENCY_HEADER, CLIENT_TOKEN_HEADER, TRACEPARENT)
