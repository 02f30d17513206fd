"""Checks what a request says of a callback."""

from typing import Any, cast

from runtime.handlers.callback import signature
from runtime.handlers.callback.table import allowed_hosts
from runtime.handlers.callback.target import parse


def check_callback(request: dict[str, Any]) -> list[tuple[str, str]]:
    """Return the faults of a request's callback, and leave out of it what is null: so it is as it was sent."""
    if not isinstance(request.get("callback"), dict):
        return []
    callback = cast("dict[str, Any]", request["callback"])
    faults: list[tuple[str, str]] = []
    for name, other in (("url", "secret"), ("secret", "url")):
        if callback.get(name) is None:
            callback.pop(name, None)
            if callback.get(other) is not None:
                faults.append((f"/callback/{name}", f"is required with {other}"))
    url, secret = callback.get("url"), callback.get("secret")
    try:
        if isinstance(url, str):
            parse(url, allowed_hosts())
    except ValueError as fault:
        faults.append(("/callback/url", str(fault)))
    try:
        if isinstance(secret, str):
            signature.key(secret)
    except ValueError as fault:
        faults.append(("/callback/secret", str(fault)))
    return faults
