"""Stops work for callers who have gone: a viewer that scrolls on abandons most of what it has asked for."""

import asyncio

from starlette.types import ASGIApp, Message, Receive, Scope, Send


class Abandoned:
    """ASGI middleware that cancels a call without a body as soon as its caller disconnects."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer the call, or stop when nobody waits for the answer any longer."""
        call = asyncio.current_task() if scope["type"] == "http" and scope["method"] in ("GET", "HEAD") else None
        if call is None:
            await self._app(scope, receive, send)
            return
        watch = _Watch(receive, call)
        try:
            await self._app(scope, _bodiless(), send)
        except asyncio.CancelledError:
            if not watch.explains_cancellation():
                raise
        finally:
            watch.end()


class _Watch:
    """Cancels a call when its caller disconnects.

    It begins when the call first waits for something: what is answered at once is not worth a task of its own.
    """

    def __init__(self, receive: Receive, call: asyncio.Task[object]) -> None:
        self._receive = receive
        self._call = call
        self._cancelling = call.cancelling()
        self._gone = False
        self._waiting: asyncio.Handle | asyncio.Task[None] = asyncio.get_running_loop().call_soon(self._begin)

    def explains_cancellation(self) -> bool:
        """Tell whether nobody else has cancelled the call."""
        return self._gone and self._call.cancelling() == self._cancelling + 1

    def end(self) -> None:
        self._waiting.cancel()
        if self._gone:
            self._call.uncancel()

    def _begin(self) -> None:
        self._waiting = asyncio.ensure_future(self._disconnected())

    async def _disconnected(self) -> None:
        while (await self._receive())["type"] != "http.disconnect":
            pass
        self._gone = True
        self._call.cancel()


def _bodiless() -> Receive:
    """Return what the application receives instead: no body, then nothing until the call is cancelled."""
    messages: list[Message] = [{"type": "http.request", "body": b"", "more_body": False}]

    async def receive() -> Message:
        return messages.pop() if messages else await asyncio.get_running_loop().create_future()

    return receive
