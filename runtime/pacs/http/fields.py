"""The header fields of a call."""

from starlette.requests import Request


def field(request: Request, name: bytes) -> str:
    """Return the value of a header field, in lower case `name`; its lines are joined (RFC 9110, 5.3), none is empty."""
    lines = [value for known, value in request.scope["headers"] if known == name]
    return b", ".join(lines).decode("latin-1") if lines else ""
