"""A call of AWS as the wire shows it: who made it, of which service, which operation."""

import json
import re
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, urlsplit

from bench.instruments.proxy import Exchange

API = "/_aws/execute-api/"
TASKS = "imaging-services"  # the user agent of runtime/aws.py
_SCOPE = re.compile(r"Credential=[^/]+/[^/]+/[^/]+/([^/]+)/")
_FUNCTION = re.compile(r" app/([a-z-]+)")
_S3 = {"GET": "GetObject", "HEAD": "HeadObject", "PUT": "PutObject", "DELETE": "DeleteObject", "POST": "Post"}


@dataclass(frozen=True, slots=True)
class Call:
    """One call. `fields` are those of the request, `answer` those of its answer, where they are JSON or a form.

    `units` are what AWS bills for it, by their names in the price file.
    """

    caller: str
    service: str
    operation: str
    exchange: Exchange
    fields: dict[str, Any]
    answer: dict[str, Any]
    units: dict[str, float] = field(default_factory=dict[str, float])

    @property
    def idle(self) -> bool:
        """Return whether it is a poll of a queue that was in vain."""
        return self.operation == "ReceiveMessage" and not self.answer.get("Messages")

    @property
    def timed(self) -> bool:
        """Return whether it is made because time passes, however many jobs there are.

        Polls in vain; the look at jobs that take longer than a second, and their progress; the renewal of leases;
        the client's last call and an algorithm's route, once a minute.
        """
        entries = self.fields.get("Entries", ())
        statements = self.fields.get("Statements", ())
        return (
            self.idle
            or (self.caller == "worker" and self.operation == "BatchGetItem")
            or any('SET "progress"' in each["Statement"] for each in statements)
            or (self.operation == "ChangeMessageVisibilityBatch" and any(each["VisibilityTimeout"] for each in entries))
            or "#last_seen" in self.fields.get("UpdateExpression", "")
            or (self.operation == "GetItem" and self.fields["Key"]["pk"]["S"].startswith("route#"))
        )

    def __str__(self) -> str:
        return f"{self.caller} {self.service} {self.operation}"


def read(exchange: Exchange) -> Call:
    """Return the call that went over the wire so."""
    headers = exchange.headers
    if exchange.path.startswith(API):
        path = "/" + urlsplit(exchange.path).path.removeprefix(API).partition("/")[2]
        return Call("client", "apigateway", f"{exchange.method} {path}", exchange, {}, {})
    scope = _SCOPE.search(headers.get("authorization", ""))
    service = scope[1] if scope else "unsigned"
    agent = headers.get("user-agent", "")
    function = _FUNCTION.search(agent)
    caller = function[1] if function else "worker" if agent.startswith(TASKS) else "other"
    if target := headers.get("x-amz-target"):
        operation, fields = target.rpartition(".")[2], _object(exchange.request)
    elif service == "sns":
        fields = {name: values[0] for name, values in parse_qs(exchange.request.decode()).items()}
        operation = str(fields.get("Action"))
    elif service == "lambda":
        operation, fields = "Invoke" if exchange.path.endswith("/invocations") else exchange.path, {}
    else:
        listing = exchange.method == "GET" and "list-type=" in exchange.path
        operation, fields = "ListObjectsV2" if listing else _S3.get(exchange.method, exchange.method), {}
    return Call(caller, service, operation, exchange, fields, _object(exchange.answer) if target else {})


def _object(text: bytes) -> dict[str, Any]:
    return json.loads(text) if text else {}
