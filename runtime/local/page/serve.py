"""Serves the one origin on this machine: the page, both APIs below their prefixes, a strict Content-Security-Policy."""

import threading
from collections.abc import AsyncGenerator, Generator, Mapping
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any, NamedTuple, Self
from urllib.parse import urlsplit

import httpx
import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, PlainTextResponse, Response
from starlette.routing import Mount, Route

from runtime.contracts.origin import API_PREFIX, HEADERS, PACS_PREFIX, READ_SECONDS, content_security_policy
from runtime.local.emulator.emulator import free_port
from runtime.local.page.build import PageUnavailable, built
from runtime.local.page.proxy import Upstream
from runtime.local.page.secured import Secured

START_SECONDS = 10.0


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
        timeout=httpx.Timeout(READ_SECONDS), limits=httpx.Limits(max_connections=None), trust_env=False
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
        Mount(API_PREFIX, Upstream(API_PREFIX, system.api, http_client)),
        Mount(PACS_PREFIX, Upstream(PACS_PREFIX, system.pacs, http_client)),
        Route("/config.json", config),
        Route("/{path:path}", page),
    ]
    return Secured(Starlette(routes=routes, lifespan=lifespan), {**HEADERS, "Content-Security-Policy": policy})


class Page(NamedTuple):
    """The address of the page, or one line that says why it is not served."""

    address: str = ""
    reason: str = ""


@contextmanager
def served(
    outputs: Mapping[str, Any],
    storage: str,
    port: int | None = None,
    access: Mapping[str, Any] | None = None,
    *,
    wanted: bool = True,
) -> Generator[Page]:
    """Serve the page of a stack while the block runs; build it first if its sources are newer."""
    if not wanted:
        yield Page(reason="The web page is not served.")
        return
    try:
        folder = built()
    except PageUnavailable as unavailable:
        yield Page(reason=str(unavailable))
        return
    system = System(outputs["ProcessingApiEndpoint"], outputs["PacsApiLB"], storage)
    with WebServer(folder, system, access, port=port) as server:
        yield Page(address=server.address)


class WebServer:
    """A web server of the page, in a thread; a context manager."""

    def __init__(
        self, folder: Path, system: System, access: Mapping[str, Any] | None = None, *, port: int | None = None
    ) -> None:
        self.port = port or free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        app = create_app(folder, system, access)
        settings = uvicorn.Config(app, host="127.0.0.1", port=self.port, log_level="warning", server_header=False)
        self._server = uvicorn.Server(settings)
        self._thread = threading.Thread(target=self._server.run, name="web", daemon=True)

    def start(self) -> None:
        """Start, and wait until it listens; raise RuntimeError if it does not."""
        self._thread.start()
        waited = threading.Event()
        for _ in range(int(START_SECONDS / 0.02)):
            if self._server.started:
                return
            waited.wait(0.02)
        raise RuntimeError("the web server did not start")

    def stop(self) -> None:
        """Stop it."""
        self._server.should_exit = True
        self._thread.join(5)

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()
