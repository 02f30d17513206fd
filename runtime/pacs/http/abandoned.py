"""Stops work for callers who have gone: a viewer that scrolls on abandons most of what it has asked for."""

import asyncio

from starlette.types import ASGIApp, Message, Receive, Scope, Send


class Abandoned:
    """ASGI middleware that cancels a call without a body as soon as its caller disconnects."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer the call, or stop when nobody waits for the answer any longer."""
        if scope["type"] != "http" or scope["method"] not in ("GET", "HEAD"):
            await self._app(scope, receive, send)
            return
        gone = asyncio.ensure_future(_disconnected(receive))
        answered = asyncio.ensure_future(self._app(scope, _bodiless(gone), send))
        try:
            await asyncio.wait({gone, answered}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            gone.cancel()
            if not answered.done():
                answered.cancel()
                await asyncio.wait({answered})
        if not answered.cancelled():
            answered.result()


def _bodiless(gone: asyncio.Future[None]) -> Receive:
    """Return what the application receives instead: no body, then the end of the connection."""
    messages: list[Message] = [{"type": "http.request", "body": b"", "more_body": False}]

    async def receive() -> Message:
        if messages:
            return messages.pop()
        await asyncio.wait({gone})
        return {"type": "http.disconnect"}

    return receive


async def _disconnected(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
