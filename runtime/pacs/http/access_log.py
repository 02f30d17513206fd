"""One structured line a call: the route's template, never the path, which names studies."""

import json
import sys
import time
import traceback
from collections.abc import Callable
from functools import lru_cache
from typing import Any

from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

ABANDONED = 499  # the status of the log line of a call whose caller has gone before an answer began, as nginx has it


class AccessLog:
    """ASGI middleware that writes the line.

    `templates` finds an endpoint's route. `fail` answers what nothing else caught: were the error passed on, the
    server would log its message, which may quote the request.
    """

    def __init__(self, app: ASGIApp, templates: dict[Any, str], fail: Callable[[Exception], Response]) -> None:
        self._app = app
        self._templates = templates
        self._fail = fail

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the call on, and note how it ended."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        start = time.perf_counter()
        seen: dict[str, Any] = {"status": 0, "bytes": 0}

        async def noting(message: Message) -> None:
            if message["type"] == "http.response.start":
                seen["status"] = message["status"]
            elif message["type"] == "http.response.body":
                seen["bytes"] += len(message.get("body", b""))
            await send(message)

        try:
            await self._app(scope, receive, noting)
            seen["status"] = seen["status"] or ABANDONED
        except Exception as error:
            report(error)
            if seen["status"] == 0:
                await self._fail(error)(scope, receive, noting)
        finally:
            route = self._templates.get(scope.get("endpoint"))
            if route != "/health" or seen["status"] != 200:  # load balancers ask every few seconds
                beginning = _beginning(scope["method"], route, seen["status"])
                duration = round((time.perf_counter() - start) * 1000, 1)
                _print(f'{beginning}, "duration_ms": {duration}, "bytes": {seen["bytes"]}}}')


def report(error: Exception) -> None:
    """Log where an unexpected error arose, without its message."""
    frames = traceback.extract_tb(error.__traceback__)[-6:]
    where = [f"{frame.filename.rpartition('/')[2]}:{frame.lineno} {frame.name}" for frame in frames]
    write("error", service="pacs", error=type(error).__name__, where=where)


def write(level: str, **fields: Any) -> None:
    """Write one line of JSON to standard output."""
    _print(json.dumps({"level": level, **fields}))


@lru_cache(256)
def _beginning(method: str, route: str | None, status: int) -> str:
    """Return the JSON of what many calls have in common, without its end."""
    level = "info" if 0 < status < 500 else "error"
    fields = {"level": level, "service": "pacs", "method": method, "route": route, "status": status}
    return json.dumps(fields).removesuffix("}")


def _print(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()
