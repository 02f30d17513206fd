"""Lets a repeated request have the job of the first one: an idempotency key is claimed for one request and one job."""

import json
from typing import Any, NamedTuple

from runtime.contracts import keys
from runtime.handlers.http.auth import Client, digest
from runtime.handlers.problem import Problem
from runtime.handlers.table import store


class Claim(NamedTuple):
    """An idempotency key (its SHA-256) with the digest of its request as it was sent."""

    key: str
    sent: str


def canonical(algorithm: str, body: Any) -> str:
    """Return the SHA-256 of a request, whatever the order and the spaces of its JSON."""
    return digest(json.dumps([algorithm, body], sort_keys=True))


def claimed(caller: Client, algorithm: str, body: dict[str, Any], claim: Claim | None, new_id: str) -> tuple[str, bool]:
    """Return the id that the idempotency key stands for, `new_id` if there is none, and whether it is a new one."""
    if claim is None:
        return new_id, True
    pk = keys.idempotency(caller.client_id, claim.key)
    item = {
        "pk": pk,
        "job_id": new_id,
        "request_sha256": claim.sent,
        "expires": store.expires(keys.IDEMPOTENCY_TTL_SECONDS),
    }
    if store.put_new(item):
        return new_id, True
    known = store.get(pk)
    if known is None:  # it expired in between
        raise Problem("unavailable", "The idempotency key has just expired; send the request again.")
    # Release 0.1 kept the digest of the request with its defaults, which change with the algorithm's.
    earlier = {name: value for name, value in body.items() if name != "inputs" or value}
    if known["request_sha256"] not in (claim.sent, canonical(algorithm, earlier)):
        raise Problem("idempotency_conflict", "This Idempotency-Key was sent with another request; use a new one.")
    return known["job_id"], False
