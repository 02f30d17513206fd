"""`POST /provision` and `DELETE /provision`: a client with a queue of its own, and its removal."""

from typing import Any

from runtime.contracts.variables import handler_names
from runtime.handlers import compiled
from runtime.handlers.client.enrolment import enrol, withdraw
from runtime.handlers.http.auth import authenticate
from runtime.handlers.http.endpoint import endpoint
from runtime.handlers.http.exchange import Request, Response, read_json, respond
from runtime.handlers.http.idempotency import read_key
from runtime.handlers.log import Line
from runtime.handlers.problem import faults

# Whoever knows the key gets the client: it must not be guessed.
KEY_LENGTH = 16


@endpoint(handler_names.PROVISION)
def handler(request: Request, line: Line) -> Response:
    """Answer 201 with the client, or 204 once it is removed."""
    if request.method == "DELETE":
        line.add(cancelled=withdraw(authenticate(request, line, revoked=True)))
        return respond(204)
    key = read_key(request, least=KEY_LENGTH)
    request_body: dict[str, Any] = read_json(request.body) if request.body.strip() else {}
    if errors := compiled.check("provision")(request_body):
        raise faults(errors)
    enrolled = enrol(key, request.subject, request_body.get("idle_seconds"))
    line.add(client_id=enrolled.client_id)
    return respond(201, enrolled._asdict())
