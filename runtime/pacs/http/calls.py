"""From a call to its endpoint, and from the endpoint's answer or error to what is sent."""

from collections.abc import Sequence
from typing import Any, Final

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.routing import Match, Route
from starlette.types import ASGIApp, Receive, Scope, Send

from runtime.errors import PermanentError, TransientError
from runtime.pacs.http.problems import PacsProblem, on_error

ERRORS: Final = (PacsProblem, PermanentError, TransientError, HTTPException)


class Calls:
    """ASGI application that answers a call by its endpoint; an error that ends the call is answered as a problem.

    Starlette's router and its two layers for errors do the same and more, in several times the time: a small picture
    takes little longer. What is no call of HTTP goes to `otherwise`.
    """

    def __init__(self, routes: Sequence[Route], otherwise: ASGIApp) -> None:
        self._routes = routes
        self._otherwise = otherwise

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer the call."""
        if scope["type"] != "http":
            await self._otherwise(scope, receive, send)
            return
        request = Request(scope, receive, send)
        try:
            response = await self._endpoint(scope)(request)
        except ERRORS as error:
            response = await on_error(request, error)
        await response(scope, receive, send)

    def _endpoint(self, scope: Scope) -> Any:
        """Return what answers the call, whose scope it completes. Raises HTTPException."""
        methods: set[str] = set()
        for route in self._routes:
            match, found = route.matches(scope)
            if match is not Match.NONE:
                scope.update(found)  # the access log names the route of a refused call, too
                if match is Match.FULL:
                    return route.endpoint
                methods |= route.methods or set()
        if methods:
            raise HTTPException(405, headers={"Allow": ", ".join(sorted(methods))})
        raise HTTPException(404)
