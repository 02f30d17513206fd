"""What the one origin does with calls of an API: it passes them on, as CloudFront does."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import httpx
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse
from starlette.types import Message, Receive, Scope, Send

# Of one connection, not of the call (RFC 9110, 7.6.1); and what each server says for itself.
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


def passed_on(headers: Headers, *dropped: bytes) -> Headers:
    """Return those headers that belong to the call, without what `Connection` names and the `dropped` ones."""
    named = {
        name.strip().lower() for key, value in headers if key.lower() == b"connection" for name in value.split(b",")
    }
    return [(key, value) for key, value in headers if key.lower() not in HOP_BY_HOP | named | set(dropped)]


def without_prefix(path: str, prefix: str) -> str:
    """Return the path as the API knows it; `path` begins with the prefix and a slash."""
    return path.removeprefix(prefix)


class Upstream:
    """An ASGI application that streams each call below `prefix` to `address`, and its answer back.

    A caller who goes away ends the call that was made for it.
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
                headers=passed_on(request.headers.raw, b"host"),
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
            if started:  # the caller sees an answer that was cut short
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
    """Return when the caller goes away; the body is read by then, so nothing else can come."""
    await read.wait()
    while (await receive())["type"] != "http.disconnect":
        pass


def _start(answer: httpx.Response) -> Message:
    headers = passed_on(answer.headers.raw, *OWN, *([b"content-length"] if answer.status_code in BODILESS else []))
    lower: Any = [(key.lower(), value) for key, value in headers]  # ASGI's spelling
    return {"type": "http.response.start", "status": answer.status_code, "headers": lower}
