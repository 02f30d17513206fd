"""Forwards calls of an API from the one origin, as CloudFront does."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import httpx
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse
from starlette.types import Message, Receive, Scope, Send

# Headers of one connection, not of the call (RFC 9110, 7.6.1); and those that each server sets itself.
HOP_BY_HOP = frozenset(
    {
        b"connection",
        b"keep-alive",
        b"proxy-authenticate",
        b"proxy-authorization",
        b"proxy-connection",
        b"te",
        b"trailer",
        b"transfer-encoding",
        b"upgrade",
    }
)
OWN = frozenset({b"date", b"server"})
BODILESS = (204, 304)
Headers = list[tuple[bytes, bytes]]


def forwarded(headers: Headers, *dropped: bytes) -> Headers:
    """Return the headers that belong to the call, without those that `Connection` names and the `dropped` ones."""
    named = {
        name.strip().lower() for key, value in headers if key.lower() == b"connection" for name in value.split(b",")
    }
    return [(key, value) for key, value in headers if key.lower() not in HOP_BY_HOP | named | set(dropped)]


def without_prefix(path: str, prefix: str) -> str:
    """Return the path that the API knows; `path` begins with the prefix and a slash."""
    return path.removeprefix(prefix)


class Upstream:
    """An ASGI application that streams each call below `prefix` to `address`, and its answer back.

    If the caller disconnects, its call ends.
    """

    def __init__(self, prefix: str, address: str, http_client: httpx.AsyncClient) -> None:
        self._prefix = prefix
        self._address = address.rstrip("/")
        self._http_client = http_client

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one call."""
        request = Request(scope, receive)
        read = asyncio.Event()
        call = asyncio.create_task(self._answer(request, read, send))
        left = asyncio.create_task(_disconnected(receive, read))
        try:
            await asyncio.wait((call, left), return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in (call, left):
                task.cancel()
            await asyncio.gather(call, left, return_exceptions=True)
        if not call.cancelled() and (error := call.exception()) is not None:
            raise error

    async def _answer(self, request: Request, read: asyncio.Event, send: Send) -> None:
        started = False
        try:
            async with self._http_client.stream(
                request.method,
                self._target(request.scope),
                headers=forwarded(request.headers.raw, b"host"),
                content=_body(request, read),
            ) as answer:
                await send(_start(answer))
                started = True
                async for part in answer.aiter_raw():
                    await send({"type": "http.response.body", "body": part, "more_body": True})
                await send({"type": "http.response.body", "body": b""})
        except ClientDisconnect:
            return
        except httpx.TransportError as error:
            if started:  # the caller sees an incomplete answer
                raise
            late = isinstance(error, httpx.TimeoutException)
            status, code = (504, "upstream_timeout") if late else (502, "upstream_unreachable")
            detail = f"The service behind {self._prefix} does not answer."
            problem = {"type": "about:blank", "status": status, "title": "No answer", "detail": detail, "code": code}
            failed = JSONResponse(problem, status, media_type="application/problem+json")
            await failed(request.scope, request.receive, send)

    def _target(self, scope: Scope) -> str:
        path = scope["raw_path"].decode("ascii")
        query = scope["query_string"].decode("ascii")
        return self._address + without_prefix(path, self._prefix) + (f"?{query}" if query else "")


async def _body(request: Request, read: asyncio.Event) -> AsyncIterator[bytes]:
    async for part in request.stream():
        if part:
            yield part
    read.set()


async def _disconnected(receive: Receive, read: asyncio.Event) -> None:
    """Return when the caller disconnects; the body is read by then, so no other message can come."""
    await read.wait()
    while (await receive())["type"] != "http.disconnect":
        pass


def _start(answer: httpx.Response) -> Message:
    headers = forwarded(answer.headers.raw, *OWN, *([b"content-length"] if answer.status_code in BODILESS else []))
    lower: Any = [(key.lower(), value) for key, value in headers]  # as ASGI spells them
    return {"type": "http.response.start", "status": answer.status_code, "headers": lower}
