"""Makes and removes clients, so that every step can be repeated and a failed one leaves nothing behind."""

import contextlib
import secrets
from typing import NamedTuple

from runtime.contracts import keys
from runtime.handlers.client import client_queue, shards, unfinished
from runtime.handlers.client.leaving import cancel_open_jobs
from runtime.handlers.client.quota import check_clients
from runtime.handlers.client.reclaim import reclaim
from runtime.handlers.http.auth import Client, digest, new_token
from runtime.handlers.problem import Problem
from runtime.handlers.table import store


class Enrolled(NamedTuple):
    """A client, with its token in clear this once."""

    client_id: str
    client_token: str
    queue_url: str


def enrol(key: str | None, subject: str = "", idle_seconds: int | None = None) -> Enrolled:
    """Make a client, or return the one that the idempotency key (as SHA-256) made, with a new token.

    `subject` is who signed in, if the stack asks for it; after `idle_seconds` without a call the client may be removed.
    """
    client_id = _claim(key) if key else secrets.token_hex(8)
    record = store.get(keys.client(client_id))
    if record is None:
        owner = digest(subject)
        if subject:
            check_clients(owner)
        now = store.now_ms()
        record = {
            "pk": keys.client(client_id),
            "created": now,
            "last_seen": now,
            **unfinished.mark(),
            "expires": store.expires(keys.CLIENT_TTL_SECONDS),
            **({"provision_key": key} if key else {}),
            **({"subject": owner} if subject else {}),
            **({"idle_seconds": idle_seconds} if idle_seconds else {}),
        }
        record = _place(record)
    if "revoked" in record and "token_sha256" not in record:  # an earlier call failed, and this is being undone
        raise Problem("unavailable", "The client of this Idempotency-Key could not be made; send the request again.")
    if "revoked" in record:
        raise Problem("idempotency_conflict", "The client of this Idempotency-Key was removed; use a new key.")
    if "token_sha256" in record:
        return _activate(record, {})
    return _complete(record, client_id)


def withdraw(caller: Client) -> int:
    """Revoke the client's token, remove what it has and cancel its open jobs, also what an earlier call left over.

    Return how many jobs were cancelled.
    """
    record = caller.record
    if "revoked" not in record:
        store.change(record["pk"], unfinished.revoked(), remove=("subject",))
    # First what others wait for; cancelling many jobs may take more than one call.
    client_queue.remove(record["queue_url"], record["subscription_arn"])
    shards.release_once(caller.shard, record["pk"])
    _forget_key(record)
    cancelled = cancel_open_jobs(caller.client_id)
    unfinished.unmark(record["pk"])
    return cancelled


def _place(record: store.Item) -> store.Item:
    """Write the client's record on a shard with room; if there is none, free places of idle clients first."""
    try:
        return shards.reserve(record)
    except Problem:
        if not reclaim():
            raise
        return shards.reserve(record)


def _claim(key: str) -> str:
    pk = keys.provision(key)
    client_id = secrets.token_hex(8)
    claim = {"pk": pk, "client_id": client_id, "expires": store.expires(keys.CLIENT_TTL_SECONDS)}
    if store.put_new(claim):
        return client_id
    known = store.get(pk)
    if known is None:  # it expired, or its client was removed, in between
        raise Problem("unavailable", "The idempotency key has just become free; send the request again.")
    return known["client_id"]


def _complete(record: store.Item, client_id: str) -> Enrolled:
    """Give a placed client its queue and subscription; undo everything if a step fails."""
    topic_arn = shards.topics().arn(int(record["shard"]))
    created: dict[str, str] = {}
    try:
        created["queue_url"] = client_queue.create(client_id, topic_arn)
        created["subscription_arn"] = client_queue.subscribe(client_id, topic_arn)
        return _activate(record, {**created, "queue_arn": client_queue.arn(client_id, topic_arn)})
    except Exception:
        with contextlib.suppress(Exception):  # the first error is the one to report
            _undo(record, created)
        raise


def _activate(record: store.Item, created: dict[str, str]) -> Enrolled:
    """Store a new token, which revokes any earlier one."""
    client_id = record["pk"].removeprefix(keys.client(""))
    token = new_token(client_id)
    values = {
        **created,
        "token_sha256": digest(token),
        "last_seen": store.now_ms(),
        "expires": store.expires(keys.CLIENT_TTL_SECONDS),
    }
    not_removed = "attribute_exists(pk) AND attribute_not_exists(revoked)"
    if not store.change(record["pk"], values, not_removed, remove=(unfinished.MARK,)):
        raise Problem("unavailable", "The client was removed meanwhile; send the request again.")
    return Enrolled(client_id, token, {**record, **created}["queue_url"])


def _undo(record: store.Item, created: dict[str, str]) -> None:
    # If another call with the same key completed the client, what is there is that call's. If it has undone the client
    # meanwhile, this call's queue and subscription are left.
    not_ready = "attribute_exists(pk) AND attribute_not_exists(token_sha256)"
    if store.change(record["pk"], unfinished.revoked(), not_ready, remove=("subject",)):
        _forget_key(record)
        client_queue.remove(created.get("queue_url"), created.get("subscription_arn"))
        shards.release_once(int(record["shard"]), record["pk"])
        unfinished.unmark(record["pk"])


def _forget_key(record: store.Item) -> None:
    if "provision_key" in record:
        client_id = record["pk"].removeprefix(keys.client(""))
        store.delete(keys.provision(record["provision_key"]), "client_id = :client", {":client": client_id})
