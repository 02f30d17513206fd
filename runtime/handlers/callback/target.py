"""Which addresses a callback may have: hosts that the stack's configuration allows, over https."""

import os
from collections.abc import Sequence
from typing import Final, NamedTuple
from urllib.parse import urlsplit

MOST: Final = 2048
LOOPBACK: Final = ("localhost", "127.0.0.1", "::1")
# Lambda has this variable in every function: https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html
# Loopback there is the runtime's own API, which nobody may call.
_ON_LAMBDA: Final = "AWS_LAMBDA_RUNTIME_API"


class Target(NamedTuple):
    """Where a callback goes. `authority` is its host as the configuration names it, with a port unless it is 443."""

    secure: bool
    host: str
    port: int
    authority: str
    path: str


def parse(url: str, allowed: Sequence[str]) -> Target:
    """Return what a callback's address consists of; raise a ValueError that completes "/callback/url"."""
    if len(url) > MOST or not all("!" <= each <= "~" for each in url):
        raise ValueError(f"must be an address of at most {MOST} ASCII characters without spaces")
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        raise ValueError("is no address; write https://host/path") from None
    if "@" in parts.netloc or parts.fragment:
        raise ValueError("must have neither a user, a password nor a fragment")
    local = is_local(host)
    if parts.scheme != "https" and not (local and parts.scheme == "http"):
        raise ValueError("must begin with https://")
    secure = parts.scheme == "https"
    usual = 443 if secure else 80
    named = f"[{host}]" if ":" in host else host
    authority = named if port in (None, usual) else f"{named}:{port}"
    if authority not in allowed:
        raise ValueError(_refusal(authority, allowed))
    if host in LOOPBACK and not local:
        raise ValueError("names this machine, which only a system on one machine may call")
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return Target(secure, host, port or usual, authority, path)


def is_local(host: str) -> bool:
    """Return whether a host is the machine itself, and the function runs on one machine instead of on Lambda."""
    return host in LOOPBACK and _ON_LAMBDA not in os.environ


def _refusal(authority: str, allowed: Sequence[str]) -> str:
    if not allowed:
        return "is given, but this stack calls nobody back: its configuration callbackHosts names no host"
    named = authority or "no host"
    return f"names {named}, to which this stack sends no callbacks; ask its operator to add it to callbackHosts"
