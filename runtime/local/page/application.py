"""The application behind the one origin: the page, both APIs below their prefixes, a strict Content-Security-Policy."""

from collections.abc import AsyncGenerator, Mapping
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path
from typing import Any, Final, NamedTuple
from urllib.parse import urlsplit

import httpx
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, PlainTextResponse, Response
from starlette.routing import Mount, Route

from runtime.contracts.origin import API_PREFIX, HEADERS, PACS_PREFIX, READ_SECONDS, content_security_policy
from runtime.local.page import signed
from runtime.local.page.proxy import Upstream
from runtime.local.page.secured import Secured

# Less than the 5 s after which the APIs' servers close an idle connection: a call could come at that moment.
IDLE_SECONDS: Final = 2.0


class System(NamedTuple):
    """The addresses behind the one origin: both APIs, and the signed outputs."""

    api: str
    pacs: str
    outputs: str


def origin(address: str) -> str:
    """Return scheme, host and port of an address."""
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}"


def create_app(folder: Path, system: System, access: Mapping[str, Any] | None = None) -> Secured:
    """Return the application that serves the built page in `folder` and the system behind it.

    `access` tells the page who may call, what they may, and where people sign in.
    """
    settings: dict[str, Any] = {"API_BASE": API_PREFIX, "PACS_API_BASE": PACS_PREFIX, **(access or {})}
    issuer = settings.get("OIDC", {}).get("issuer")
    policy = content_security_policy(origin(system.outputs), [origin(issuer)] if issuer else [])
    root = folder.resolve()
    # The answer is forwarded as it comes: the only limit is the time until its next part.
    http_client = httpx.AsyncClient(
        timeout=httpx.Timeout(READ_SECONDS),
        limits=httpx.Limits(max_connections=None, keepalive_expiry=IDLE_SECONDS),
        trust_env=False,
    )

    async def config(_: Request) -> Response:
        return JSONResponse(settings, headers={"Cache-Control": "no-cache"})

    async def page(request: Request) -> Response:
        path = str(request.path_params["path"])
        file = (root / path).resolve()
        if file.is_relative_to(root) and file.is_file() and ".vite" not in file.parts:
            # The names of the files under assets/ hold the hash of their content.
            keep = "public, max-age=31536000, immutable" if path.startswith("assets/") else "no-cache"
            return FileResponse(file, headers={"Cache-Control": keep})
        if path.startswith("assets/"):
            return PlainTextResponse("There is no such file.", 404)
        # Every other address belongs to the page, which reads it itself.
        return FileResponse(root / "index.html", headers={"Cache-Control": "no-cache"})

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncGenerator[None]:
        async with http_client:
            yield

    routes = [
        Route(API_PREFIX + signed.PATH, partial(signed.look, system.api, http_client)),
        Mount(API_PREFIX, Upstream(API_PREFIX, system.api, http_client)),
        Mount(PACS_PREFIX, Upstream(PACS_PREFIX, system.pacs, http_client)),
        Route("/config.json", config),
        Route("/{path:path}", page),
    ]
    return Secured(Starlette(routes=routes, lifespan=lifespan), {**HEADERS, "Content-Security-Policy": policy})
