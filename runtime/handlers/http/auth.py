"""Who calls: the opaque token of a client, of which the table holds only the SHA-256."""

import contextlib
import hashlib
import hmac
import re
import secrets
from typing import Final, NamedTuple

from botocore.exceptions import BotoCoreError, ClientError

from runtime.contracts import headers, keys
from runtime.handlers.http.exchange import Request
from runtime.handlers.log import Line
from runtime.handlers.problem import Problem
from runtime.handlers.table import store

SEEN_EVERY_MS: Final = 60_000
_TOKEN: Final = re.compile(rf"({keys.CLIENT_ID_PATTERN})\.([A-Za-z0-9_-]{{43}})")
# The digest that an unknown client's token is compared with, so that the answer takes the same time.
_NOBODY: Final = "0" * 64


class Client(NamedTuple):
    """The caller."""

    client_id: str
    shard: int
    queue_url: str
    record: store.Item


def new_token(client_id: str) -> str:
    """Return a new random token of the client."""
    return f"{client_id}.{secrets.token_urlsafe(32)}"


def digest(text: str) -> str:
    """Return the SHA-256 under which a secret or a key is kept."""
    return hashlib.sha256(text.encode()).hexdigest()


def authenticate(request: Request, line: Line, *, revoked: bool = False) -> Client:
    """Return the caller; raise a Problem if the token is missing, unknown or (unless `revoked` is allowed) revoked."""
    token = _TOKEN.fullmatch(request.headers.get(headers.CLIENT_TOKEN_HEADER, ""))
    if token is None:
        raise Problem("unauthorized", "Send the client token from POST /provision in the header X-Client-Token.")
    client_id = token[1]
    record = store.get(keys.client(client_id)) or {}
    right = hmac.compare_digest(record.get("token_sha256", _NOBODY), digest(token[0]))
    if not right or ("revoked" in record and not revoked):
        raise Problem("unauthorized", "The client token is not known or was revoked; POST /provision makes a new one.")
    line.add(client_id=client_id)
    if "revoked" not in record:
        _seen(record)
    return Client(client_id, record["shard"], record["queue_url"], record)


def _seen(record: store.Item) -> None:
    now = store.now_ms()
    if now - record["last_seen"] > SEEN_EVERY_MS:
        values = {"last_seen": now, "expires": store.expires(keys.CLIENT_TTL_SECONDS)}
        with contextlib.suppress(BotoCoreError, ClientError):  # the next call notes it: what this one asks for matters
            store.change(record["pk"], values, "attribute_exists(pk) AND attribute_not_exists(revoked)")
