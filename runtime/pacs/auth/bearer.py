"""Who may call a stack with `apiAuth: jwt`: those with a JSON web token that opens the processing API as well."""

from typing import Final

from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send

from runtime.pacs.auth.issuer import RETRY, IssuerError
from runtime.pacs.auth.tokens import TokenError, Tokens
from runtime.pacs.http.problems import PacsProblem, respond

OPEN: Final = ("/health",)  # load balancers have no token


class Bearer:
    """ASGI middleware that answers 401, as RFC 6750 has it, to calls without a valid token."""

    def __init__(self, app: ASGIApp, tokens: Tokens) -> None:
        self._app = app
        self._tokens = tokens

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the call on if its token is valid."""
        if scope["type"] == "http" and scope["path"] not in OPEN:
            scheme, _, token = Request(scope).headers.get("authorization", "").partition(" ")
            try:
                if scheme.lower() != "bearer":
                    raise TokenError("Send a JSON web token of the stack's issuer in the header Authorization.")
                await self._tokens.check(token.strip())
            except TokenError as refusal:
                response = respond(PacsProblem("not_signed_in", str(refusal)))
                error = f' error="invalid_token", error_description="{refusal}"' if scheme.lower() == "bearer" else ""
                response.headers["WWW-Authenticate"] = f"Bearer{error}"
                await response(scope, receive, send)
                return
            except IssuerError:
                response = respond(
                    PacsProblem("unavailable", "The tokens' issuer did not answer; try again in a moment.")
                )
                response.headers["Retry-After"] = str(round(RETRY))
                await response(scope, receive, send)
                return
        await self._app(scope, receive, send)
