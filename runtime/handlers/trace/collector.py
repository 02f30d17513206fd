"""Sends spans to the collector over OTLP/HTTP, within a fixed time."""

import http.client
import json
import os
import ssl
import threading
from typing import Any, Final
from urllib.parse import SplitResult, unquote, urlsplit

from runtime.contracts.variables import handler_variables
from runtime.handlers.trace import otlp

SECONDS: Final = 10.0
_CONNECT_SECONDS: Final = 3.0
# https://opentelemetry.io/docs/specs/otlp/#retryable-response-codes
_RETRYABLE: Final = (429, 502, 503, 504)
_ANSWER_BYTES: Final = 64 * 1024
PATH: Final = "/v1/traces"


class UnreachedError(Exception):
    """The collector did not take spans, and may take them later."""


class RefusedError(Exception):
    """The collector will never take these spans."""


def send(body: bytes) -> int:
    """Send an ExportTraceServiceRequest; return how many of its spans the collector rejects.

    Raises UnreachedError and RefusedError. The exchange has a thread of its own, because neither a name server nor an
    answer that trickles has a limit altogether.
    """
    answers: list[int | Exception] = []

    def exchange() -> None:
        try:
            answers.append(_exchange(body))
        except (OSError, http.client.HTTPException, ValueError, RefusedError, UnreachedError) as error:
            answers.append(error)

    thread = threading.Thread(target=exchange, daemon=True)
    thread.start()
    thread.join(SECONDS)
    if not answers:
        raise UnreachedError(f"no answer within {SECONDS:g} s")
    match answers[0]:
        case int(rejected):
            return rejected
        case RefusedError() | UnreachedError() as error:
            raise error
        case error:
            raise UnreachedError(type(error).__name__)


def _exchange(body: bytes) -> int:
    address = urlsplit(os.environ[handler_variables.OTLP_ENDPOINT])
    connection = _connection(address)
    try:
        connection.connect()
        connection.sock.settimeout(SECONDS)
        path = address.path.rstrip("/") + PATH
        connection.request("POST", path, body, {"Content-Type": otlp.MEDIA_TYPE, "Connection": "close", **headers()})
        answer = connection.getresponse()
        if answer.status in _RETRYABLE:
            raise UnreachedError(f"answered {answer.status}")
        if not 200 <= answer.status < 300:
            raise RefusedError(f"answered {answer.status}")
        return _rejected(answer.read(_ANSWER_BYTES))
    finally:
        connection.close()


def _connection(address: SplitResult) -> http.client.HTTPConnection:
    host = address.hostname or ""
    if address.scheme == "https":
        context = ssl.create_default_context()
        return http.client.HTTPSConnection(host, address.port, timeout=_CONNECT_SECONDS, context=context)
    return http.client.HTTPConnection(host, address.port, timeout=_CONNECT_SECONDS)


def headers() -> dict[str, str]:
    """Return the configured headers: name=value, separated by commas, values as in an address (percent-encoded)."""
    text = os.environ.get(handler_variables.OTLP_HEADERS, "")
    pairs = (pair.partition("=") for pair in text.split(",") if "=" in pair)
    return {name.strip(): unquote(value.strip()) for name, _, value in pairs}


def _rejected(body: bytes) -> int:
    """Return the count of rejected spans in an answer (ExportTracePartialSuccess); 0 if it cannot be read."""
    try:
        answer: Any = json.loads(body or b"{}")
        taken: Any = answer.get("partialSuccess") or {}
        return int(taken.get("rejectedSpans", 0))
    except (ValueError, TypeError, AttributeError):  # it took them: a body in another form changes nothing
        return 0
