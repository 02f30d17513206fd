"""Sets headers on every answer of an application, instead of its own, as CloudFront does."""

from collections.abc import Mapping

from starlette.types import ASGIApp, Message, Receive, Scope, Send


class Secured:
    """An ASGI application that sets the same headers on all answers of another."""

    def __init__(self, app: ASGIApp, headers: Mapping[str, str]) -> None:
        self._app = app
        self._headers = [(name.lower().encode(), value.encode()) for name, value in headers.items()]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer as the application does."""
        names = {name for name, _ in self._headers}

        async def secure(message: Message) -> None:
            if message["type"] == "http.response.start":
                own = [(name, value) for name, value in message["headers"] if name not in names]
                message = {**message, "headers": [*own, *self._headers]}
            await send(message)

        await self._app(scope, receive, secure)
