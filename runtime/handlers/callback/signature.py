"""The signature of a callback, in the form of Standard Webhooks.

Source: https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md
"""

import base64
import binascii
import hashlib
import hmac
from typing import Final

PREFIX: Final = "whsec_"
FEWEST: Final = 24
MOST: Final = 64


def key(secret: str) -> bytes:
    """Return the key that a secret holds; raise a ValueError that completes "/callback/secret"."""
    try:
        found = base64.b64decode(secret.removeprefix(PREFIX), validate=True)
    except (binascii.Error, ValueError):
        found = b""
    if not secret.startswith(PREFIX) or not FEWEST <= len(found) <= MOST:
        raise ValueError(f"must be {PREFIX} and then {FEWEST} to {MOST} random bytes as base64")
    return found


def headers(secret: str, message_id: str, seconds: int, body: bytes) -> dict[str, str]:
    """Return the headers that say who sent `body`, and when (`seconds` since the epoch)."""
    signed = f"{message_id}.{seconds}.".encode() + body
    digest = base64.b64encode(hmac.new(key(secret), signed, hashlib.sha256).digest()).decode()
    return {
        "webhook-id": message_id,
        "webhook-timestamp": str(seconds),
        "webhook-signature": f"v1,{digest}",
    }
